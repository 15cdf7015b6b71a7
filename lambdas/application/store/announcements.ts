import type { Signal } from '../../../core/contract/events.ts';
import type { ConversationId } from '../../../core/contract/ids.ts';
import type { Message } from '../../../core/contract/messages.ts';
import { editIdOf } from '../../../core/domain/message-edit.ts';
import { conversationEditedEvents } from '../consumers/conversation-edited-events.ts';

/**
 * What a batch has to say of one conversation: the range of the messages that are stored, and which messages are stored in
 * another version now. An edit is no message, so it is in no range's count.
 */
export function announcementsOf(
  conversationId: ConversationId,
  stored: readonly Message[],
  edited: readonly Message[],
): Signal[] {
  const first = stored[0];
  const through = stored.at(-1);
  const edits = edited.map((message) => ({ messageId: message.messageId, editId: editIdOf(message) }));
  return [
    ...(first === undefined || through === undefined
      ? []
      : [
          {
            type: 'conversation.stored' as const,
            conversationId,
            first: first.messageId,
            through: through.messageId,
            count: stored.length,
          },
        ]),
    ...conversationEditedEvents(
      conversationId,
      edits.filter(({ editId }) => editId !== ''),
    ),
  ];
}
