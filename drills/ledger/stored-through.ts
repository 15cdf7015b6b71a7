import type { ConversationId, MessageId } from '../../core/contract/ids.ts';

/** When each conversation was said to be stored, and how far. */
export class StoredThrough {
  /** Ascending in both, as only news are kept. */
  readonly #steps = new Map<ConversationId, { through: MessageId; at: number }[]>();

  observe(conversationId: ConversationId, through: MessageId, at: number): void {
    const steps = this.#steps.get(conversationId) ?? [];
    this.#steps.set(conversationId, steps);
    if (through > (steps.at(-1)?.through ?? '')) steps.push({ through, at });
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
