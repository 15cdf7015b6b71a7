import type { MessageId } from '../contract/ids.ts';
import type { Edit, Message } from '../contract/messages.ts';

/** What an edit makes of one message, as its record and where that stands in the log say it. */
export interface MessageEdit {
  /** Of the post. */
  readonly messageId: MessageId;
  readonly sender: string;
  readonly content: string;
  readonly edit: Edit;
}

/**
 * Whether an edit is one of this message: made by its sender, and standing behind it in the log. (Otherwise an edit that
 * names a post to come would count in a replay, and not the first time.)
 */
export function isEditOf(edit: MessageEdit, message: Pick<Message, 'messageId' | 'sender'>): boolean {
  return (
    edit.messageId === message.messageId &&
    edit.sender === message.sender &&
    edit.edit.editId > message.messageId
  );
}

/**
 * The message as the edit makes it; the message itself where the edit is not its own, or not newer than the one that it has.
 * So the order in which edits are applied does not matter, nor how often.
 */
export function withEdit<T extends Message>(message: T, edit: MessageEdit): T {
  if (!isEditOf(edit, message) || edit.edit.editId <= editIdOf(message)) return message;
  return { ...message, content: edit.content, edit: edit.edit };
}

/** The place of a message's newest edit in the log; '', before every place, where it was never edited. */
export function editIdOf({ edit }: Pick<Message, 'edit'>): MessageId | '' {
  return edit?.editId ?? '';
}

/** The place in the log of the record that made the message what it is. */
export function versionOf(message: Pick<Message, 'messageId' | 'edit'>): MessageId {
  return message.edit?.editId ?? message.messageId;
}
