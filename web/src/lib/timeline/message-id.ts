import type { MessageId } from '../../../../core/contract/ids.ts';
import type { Message } from '../../../../core/contract/messages.ts';
import { logPositionOf, messageIdOf } from '../../../../core/domain/message-id.ts';

/** A place in a conversation's order: a message id, or `BEGINNING`, which is below every one. */
export type Position = MessageId | '';

export const BEGINNING: Position = '';

/** Ids are fixed-length and their alphabet ascends, so text order is log order. */
export const later = (a: Position, b: Position): Position => (a > b ? a : b);
export const earlier = (a: Position, b: Position): Position => (a < b ? a : b);

/** What a message is held under within its conversation; a nonce has no spaces. */
export function messageKey({ sender, nonce }: Pick<Message, 'sender' | 'nonce'>): string {
  return `${sender} ${nonce}`;
}

/**
 * Cursors are exclusive, so a stretch that includes its ends is asked for from the log positions just outside them.
 * Undefined below the very first position: no cursor then.
 */
export function cursorBelow(id: MessageId): MessageId | undefined {
  const { generation, offset } = logPositionOf(id);
  if (offset === 0n) return undefined;
  return messageIdOf({ generation, offset: offset - 1n, partition: 0xffff, appendedAt: 2 ** 48 - 1 });
}

/** The cursor from which reading backwards gives `id` first. */
export function cursorAbove(id: MessageId): MessageId {
  const { generation, offset } = logPositionOf(id);
  return messageIdOf({ generation, offset: offset + 1n, partition: 0, appendedAt: 0 });
}
