import type { ConversationId } from '../../core/contract/ids.ts';
import type { Outbox } from '../client/outbox.ts';

/** What one person writes into one conversation: first in, first out, one post in flight. */
export class Lane {
  readonly #outbox: Outbox;
  readonly #conversationId: ConversationId;
  readonly #onFailed: (error: unknown) => void;
  readonly #waiting: string[] = [];
  #emptying: Promise<void> | undefined;

  constructor(outbox: Outbox, conversationId: ConversationId, onFailed: (error: unknown) => void) {
    this.#outbox = outbox;
    this.#conversationId = conversationId;
    this.#onFailed = onFailed;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  add(content: string): void {
    this.#waiting.push(content);
    this.#emptying ??= this.#empty().finally(() => {
      this.#emptying = undefined;
    });
  }

  /** Resolves once all that was added is acknowledged. */
  async emptied(): Promise<void> {
    await this.#emptying;
  }

  async #empty(): Promise<void> {
    for (let content = this.#waiting.shift(); content !== undefined; content = this.#waiting.shift()) {
      try {
        await this.#outbox.send(this.#conversationId, content);
      } catch (error) {
        // As the page does: what is set aside stays with its writer, and the next one is sent.
        this.#onFailed(error);
      }
    }
  }
}
