import type { Message } from '../../../../core/contract/messages.ts';
import { type MessageEdit, withEdit } from '../../../../core/domain/message-edit.ts';
import { indexFrom } from './merge-messages.ts';

/**
 * The messages, ascending by id, as edits make them, and the edits whose messages are not among them. Gives back `held`
 * itself when nothing changed, and keeps the identity of every message that stays.
 */
export function applyEdits(
  held: readonly Message[],
  edits: readonly MessageEdit[],
): { messages: readonly Message[]; waiting: MessageEdit[] } {
  let messages: Message[] | undefined;
  const waiting: MessageEdit[] = [];
  for (const edit of edits) {
    const at = indexFrom(held, edit.messageId);
    const message = (messages ?? held)[at];
    if (message?.messageId !== edit.messageId) {
      waiting.push(edit);
      continue;
    }
    const edited = withEdit(message, edit);
    if (edited === message) continue;
    messages ??= [...held];
    messages[at] = edited;
  }
  return { messages: messages ?? held, waiting };
}
