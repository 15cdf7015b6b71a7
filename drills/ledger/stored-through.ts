import type { ConversationId, MessageId } from '../../core/contract/ids.ts';
import type { Observation } from './observation.ts';

/** When each conversation was said to be stored, and how far. */
export class StoredThrough {
  /** Ascending in both, as only news are kept. */
  readonly #steps = new Map<ConversationId, { through: MessageId; at: number }[]>();

  /** Messages in the ranges that brought news. */
  #count = 0;

  get count(): number {
    return this.#count;
  }

  observe({ conversationId, through, count, at }: Extract<Observation, { kind: 'stored' }>): void {
    const steps = this.#steps.get(conversationId) ?? [];
    this.#steps.set(conversationId, steps);
    if (through <= (steps.at(-1)?.through ?? '')) return;
    steps.push({ through, at });
    this.#count += count;
  }

  /** The first moment at which the message was said to be stored; undefined if nobody heard it. */
  storedAt(conversationId: ConversationId, messageId: MessageId): number | undefined {
    const steps = this.#steps.get(conversationId) ?? [];
    let [low, high] = [0, steps.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((steps[middle]?.through ?? '') < messageId) low = middle + 1;
      else high = middle;
    }
    return steps[low]?.at;
  }
}
