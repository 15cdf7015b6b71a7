import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConversationId, MessageId } from '../../core/contract/ids.ts';
import type { PostMessageResponse } from '../../core/contract/messages.ts';
import { digestOf } from '../ledger/observation.ts';
import type { Recorder } from '../ledger/recorder.ts';
import type { ApiAnswer } from './api-client.ts';
import type { Person } from './person.ts';

export interface OutboxOptions {
  readonly recorder: Recorder;
  /** Answers other than 202, by status: what a refused post was told; 0 where there was no answer. */
  readonly onRefused?: (status: number) => void;
  /** Gives up on a message after so long. */
  readonly patienceMs?: number;
}

/** Shorter pauses than the page makes, so that a run sees the end of an outage when it comes. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

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
    const { recorder, onRefused, patienceMs = 60_000 } = this.#options;
    const key = { conversationId, sender: this.#person.userId, nonce };
    const after = this.#lastIds.get(conversationId);
    const giveUpAt = performance.now() + patienceMs;
    recorder.record({ kind: 'sent', ...key, digest: digestOf(content) });
    for (let attempt = 0; ; attempt += 1) {
      const triedAt = performance.now();
      const answer = await this.#person.api
        .call('post-message', {
          params: { conversationId },
          body: { content, nonce, attempt, ...(after === undefined ? {} : { after }) },
        })
        .catch(() => undefined);
      if (answer?.status === 202) {
        const posted = answer.body as PostMessageResponse;
        recorder.record({ kind: 'acknowledged', ...key, messageId: posted.messageId });
        this.#lastIds.set(conversationId, posted.messageId);
        return posted;
      }
      const tookMs = Math.round(performance.now() - triedAt);
      recorder.record({ kind: 'refused', ...key, status: answer?.status ?? 0, tookMs });
      onRefused?.(answer?.status ?? 0);
      if (answer !== undefined && isFinal(answer.status)) {
        throw new Error(`post-message answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      }
      if (performance.now() > giveUpAt) throw new Error(`not acknowledged within ${patienceMs} ms`);
      await pause(pauseMs(answer, attempt));
    }
  }
}

function isFinal(status: number): boolean {
  return status < 500 && status !== 429 && status !== 408;
}

/** As long as the answer asks for, and a pause that doubles, up to half of it left to chance. */
function pauseMs(answer: ApiAnswer | undefined, attempt: number): number {
  const asked = answer?.status === 429 ? Number(answer.headers.get('retry-after') ?? 0) * 1_000 : 0;
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 10));
  return asked + longest * (0.5 + Math.random() / 2);
}
