import type { Message } from '../../../../core/contract/messages.ts';
import { messageKey } from './message-id.ts';

/**
 * The messages of one conversation with others merged in, each held once under its (sender, nonce), the copy with the
 * smaller id winning, ascending by id. The result does not depend on the order in which things were merged. Gives back
 * `held` itself when nothing changed, and keeps the identity of every message that stays.
 */
export function mergeMessages(held: readonly Message[], incoming: readonly Message[]): readonly Message[] {
  if (incoming.length === 0) return held;
  const byKey = new Map(held.map((message) => [messageKey(message), message]));
  let changed = false;
  for (const message of incoming) {
    const known = byKey.get(messageKey(message));
    if (known && known.messageId <= message.messageId) continue;
    byKey.set(messageKey(message), message);
    changed = true;
  }
  if (!changed) return held;
  return [...byKey.values()].sort((a, b) => (a.messageId < b.messageId ? -1 : 1));
}

/** How many held messages lie from `first` through `through`. `held` is ascending. */
export function countWithin(held: readonly Message[], first: string, through: string): number {
  return indexAbove(held, through) - indexFrom(held, first);
}

/** The index of the first message whose id is not below `position`. */
export function indexFrom(held: readonly Message[], position: string): number {
  return bisect(held, (message) => message.messageId >= position);
}

function indexAbove(held: readonly Message[], position: string): number {
  return bisect(held, (message) => message.messageId > position);
}

function bisect(held: readonly Message[], isAtOrAfter: (message: Message) => boolean): number {
  let low = 0;
  let high = held.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const message = held[middle];
    if (message && isAtOrAfter(message)) high = middle;
    else low = middle + 1;
  }
  return low;
}
