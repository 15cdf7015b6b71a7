import type { Message } from '../../../../core/contract/messages.ts';
import { editIdOf } from '../../../../core/domain/message-edit.ts';
import { messageKey } from './message-id.ts';

/**
 * What an array of messages holds, by key. To index a long timeline anew for every page that comes would be felt while
 * scrolling, so the index goes over to the array that comes out of a merge.
 */
const indexes = new WeakMap<readonly Message[], Map<string, Message>>();

/**
 * The messages of one conversation with others merged in, each held once under its (sender, nonce), the copy with the
 * smaller id winning, and of one id the newest version, ascending by id. The result does not depend on the order in which things were merged. Gives back
 * `held` itself when nothing changed, and keeps the identity of every message that stays.
 */
export function mergeMessages(held: readonly Message[], incoming: readonly Message[]): readonly Message[] {
  if (incoming.length === 0) return held;
  const byKey = indexes.get(held) ?? new Map(held.map((message) => [messageKey(message), message]));
  indexes.delete(held);
  const added = new Map<string, Message>();
  let replaces = false;
  for (const message of incoming) {
    const key = messageKey(message);
    const known = byKey.get(key);
    if (known && !supersedes(message, known)) continue;
    replaces ||= known !== undefined;
    byKey.set(key, message);
    added.set(key, message);
  }
  const kept = replaces ? held.filter((message) => byKey.get(messageKey(message)) === message) : held;
  const merged = added.size === 0 ? held : [...kept, ...added.values()].sort(byId);
  indexes.set(merged, byKey);
  return merged;
}

const byId = (a: Message, b: Message) => (a.messageId < b.messageId ? -1 : 1);

function supersedes(message: Message, known: Message): boolean {
  if (message.messageId !== known.messageId) return message.messageId < known.messageId;
  return editIdOf(message) > editIdOf(known);
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
