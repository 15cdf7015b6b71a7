import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConversationId, MessageId } from '../../core/contract/ids.ts';
import type { PostMessageResponse } from '../../core/contract/messages.ts';
import type { Ledger } from '../ledger.ts';
import type { Person } from './person.ts';

export interface OutboxOptions {
  readonly ledger: Ledger;
  /** Answers other than 202, by status: what a refused post was told. */
  readonly onRefused?: (status: number) => void;
  /** Gives up on a message after so long. */
  readonly patienceMs?: number;
}

const PAUSE_MS = 100;

/**
 * Sends messages as the page does: one post in flight per conversation, first in, first out; a retry sends the same
 * nonce, counts `attempt` up and keeps `after`.
 */
export class Outbox {
  readonly #person: Person;
  readonly #options: OutboxOptions;
  readonly #lastIds = new Map<ConversationId, MessageId>();

  constructor(person: Person, options: OutboxOptions) {
    this.#person = person;
    this.#options = options;
  }

  /**
   * Sends one message and resolves once it is acknowledged. Wait for it before the next one of the same conversation.
   *
   * @throws {Error} on an answer that no retry can mend, and when patience ends
   */
  async send(
    conversationId: ConversationId,
    content: string,
    nonce: string = randomUUID(),
  ): Promise<PostMessageResponse> {
    const { ledger, onRefused, patienceMs = 60_000 } = this.#options;
    const key = { conversationId, sender: this.#person.userId, nonce };
    const after = this.#lastIds.get(conversationId);
    const giveUpAt = performance.now() + patienceMs;
    ledger.sent(key);
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#person.api
        .call('post-message', {
          params: { conversationId },
          body: { content, nonce, attempt, ...(after === undefined ? {} : { after }) },
        })
        .catch(() => undefined);
      if (answer?.status === 202) {
        const posted = answer.body as PostMessageResponse;
        ledger.acknowledged(key, posted.messageId, performance.now());
        this.#lastIds.set(conversationId, posted.messageId);
        return posted;
      }
      onRefused?.(answer?.status ?? 0);
      if (answer !== undefined && answer.status < 500 && answer.status !== 429 && answer.status !== 408) {
        throw new Error(`post-message answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      }
      if (performance.now() > giveUpAt) throw new Error(`not acknowledged within ${patienceMs} ms`);
      await pause(PAUSE_MS);
    }
  }
}
