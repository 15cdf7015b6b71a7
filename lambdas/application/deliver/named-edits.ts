import type { ConversationEdited } from '../../../core/contract/events.ts';
import type { ConversationId, MessageId } from '../../../core/contract/ids.ts';
import { conversationEditedEvents } from '../consumers/conversation-edited-events.ts';

/** Joins what happened to messages long ago into the newest edit of each: what a client needs to know to read them again. */
export class NamedEdits {
  readonly #conversations = new Map<ConversationId, Map<MessageId, MessageId>>();

  add(conversationId: ConversationId, messageId: MessageId, editId: MessageId): void {
    const edits = this.#conversations.get(conversationId) ?? new Map<MessageId, MessageId>();
    const known = edits.get(messageId);
    if (known === undefined || known < editId) edits.set(messageId, editId);
    this.#conversations.set(conversationId, edits);
  }

  toEvents(): ConversationEdited[] {
    return [...this.#conversations].flatMap(([conversationId, edits]) =>
      conversationEditedEvents(
        conversationId,
        [...edits].map(([messageId, editId]) => ({ messageId, editId })),
      ),
    );
  }
}
