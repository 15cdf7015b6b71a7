import type { ConversationEdited } from '../../../core/contract/events.ts';
import type { ConversationId } from '../../../core/contract/ids.ts';
import { EDITS_NAMED_MAX } from '../../../core/contract/limits.ts';

/** Events that name all of these edits, EDITS_NAMED_MAX at most in each. */
export function conversationEditedEvents(
  conversationId: ConversationId,
  edits: ConversationEdited['edits'],
): ConversationEdited[] {
  const events: ConversationEdited[] = [];
  for (let start = 0; start < edits.length; start += EDITS_NAMED_MAX) {
    events.push({
      type: 'conversation.edited',
      conversationId,
      edits: edits.slice(start, start + EDITS_NAMED_MAX),
    });
  }
  return events;
}
