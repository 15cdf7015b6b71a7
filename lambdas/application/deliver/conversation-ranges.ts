import type { ConversationSkipped, ConversationStored } from '../../../core/contract/events.ts';
import type { ConversationId, MessageId } from '../../../core/contract/ids.ts';

type RangeEvent = ConversationSkipped | ConversationStored;

/**
 * Joins what happened to conversations long ago into one range each: what a client that was away needs to know in order
 * to read the gap from history.
 */
export class ConversationRanges<T extends RangeEvent['type']> {
  readonly #type: T;
  readonly #ranges = new Map<ConversationId, Omit<RangeEvent, 'type'>>();

  /** @param type what the ranges tell: that messages were skipped, or that history holds them */
  constructor(type: T) {
    this.#type = type;
  }

  add(conversationId: ConversationId, first: MessageId, through: MessageId, count: number): void {
    const range = this.#ranges.get(conversationId);
    this.#ranges.set(conversationId, {
      conversationId,
      first: range === undefined || first < range.first ? first : range.first,
      through: range === undefined || through > range.through ? through : range.through,
      count: (range?.count ?? 0) + count,
    });
  }

  toEvents(): (Omit<RangeEvent, 'type'> & { type: T })[] {
    return [...this.#ranges.values()].map((range) => ({ type: this.#type, ...range }));
  }
}
