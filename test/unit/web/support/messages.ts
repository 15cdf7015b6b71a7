import type { Message } from '../../../../core/contract/messages.ts';
import type { MessageEdit } from '../../../../core/domain/message-edit.ts';
import { messageIdOf } from '../../../../core/domain/message-id.ts';

export const CONVERSATION = 'dm:deanne:me';

/** The id of the record at `offset` of the conversation's partition. */
export function idAt(offset: number): string {
  return messageIdOf({
    generation: 1,
    offset: BigInt(offset),
    partition: 3,
    appendedAt: 1_700_000_000_000 + offset,
  });
}

export function messageAt(offset: number, sender = 'deanne', nonce = `nonce-${offset}`): Message {
  return {
    messageId: idAt(offset),
    conversationId: CONVERSATION,
    sender,
    nonce,
    content: `message ${sender} ${nonce}`,
    postedAt: new Date(1_700_000_000_000 + offset).toISOString(),
  };
}

/** An edit of a message by its sender, or by somebody else, whose record stands at `offset`. */
export function editAt(
  offset: number,
  { messageId, sender }: Pick<Message, 'messageId' | 'sender'>,
  by = sender,
): MessageEdit {
  return {
    messageId,
    sender: by,
    content: `edited at ${offset}`,
    edit: { editId: idAt(offset), editedAt: new Date(1_700_000_000_000 + offset).toISOString() },
  };
}
