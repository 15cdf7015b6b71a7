import type { MessageId } from '../../core/contract/ids.ts';
import { keyOf, type MessageKey } from '../ledger/observation.ts';

/** What a screen shows of one conversation: each message once, under the smallest id that it was seen with. */
export class Timeline {
  readonly #idOf = new Map<string, MessageId>();
  /** Ascending. */
  readonly #ids: MessageId[] = [];

  hold(message: MessageKey & { readonly messageId: MessageId }): void {
    const key = keyOf(message);
    const known = this.#idOf.get(key);
    if (known !== undefined && known <= message.messageId) return;
    if (known !== undefined) this.#ids.splice(this.#place(known), 1);
    this.#idOf.set(key, message.messageId);
    this.#ids.splice(this.#place(message.messageId), 0, message.messageId);
  }

  /** How many it holds from `first` through `through`, both included. */
  countBetween(first: MessageId, through: MessageId): number {
    const end = this.#place(through);
    return end - this.#place(first) + (this.#ids[end] === through ? 1 : 0);
  }

  /** The last id before `id`. */
  lastBefore(id: MessageId): MessageId | undefined {
    return this.#ids[this.#place(id) - 1];
  }

  /** Where the id stands, or would. */
  #place(id: MessageId): number {
    let [low, high] = [0, this.#ids.length];
    // What comes now mostly belongs to the end.
    if ((this.#ids[high - 1] ?? '') < id) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ids[middle] ?? '') < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
