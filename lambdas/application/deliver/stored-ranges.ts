import type { ConversationStored } from '../../../core/contract/events.ts';
import type { ConversationId, MessageId } from '../../../core/contract/ids.ts';

/**
 * Joins what happened to conversations long ago into one range each: what a client that was away needs to know in order
 * to read the gap from history.
 */
export class StoredRanges {
  readonly #ranges = new Map<ConversationId, ConversationStored>();

  add(conversationId: ConversationId, first: MessageId, through: MessageId, count: number): void {
    const range = this.#ranges.get(conversationId);
    this.#ranges.set(conversationId, {
      type: 'conversation.stored',
      conversationId,
      first: range === undefined || first < range.first ? first : range.first,
      through: range === undefined || through > range.through ? through : range.through,
      count: (range?.count ?? 0) + count,
    });
  }

  toEvents(): ConversationStored[] {
    return [...this.#ranges.values()];
  }
}
