import { setTimeout as pause } from 'node:timers/promises';
import type { ConversationId } from '../../core/contract/ids.ts';
import type { HistoryResponse } from '../../core/contract/messages.ts';
import type { Person } from '../client/person.ts';
import { seen } from '../ledger/observation.ts';
import type { Recorder } from '../ledger/recorder.ts';

const PAUSE_MS = 250;
const PAGES_AT_MOST = 5;

/** Somebody who scrolls: reads the newest page of a conversation and a few older ones, then of another, and so on. */
export class Reader {
  readonly #ended = new AbortController();
  readonly #running: Promise<void>;
  #pages = 0;
  #refused = 0;

  constructor(person: Person, conversations: readonly ConversationId[], recorder: Recorder) {
    this.#running = this.#run(person, conversations, recorder);
  }

  get pages(): number {
    return this.#pages;
  }

  /** Requests that were answered with an error, or not at all. */
  get refused(): number {
    return this.#refused;
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async #run(person: Person, conversations: readonly ConversationId[], recorder: Recorder): Promise<void> {
    for (let turn = 0; !this.#ended.signal.aborted; turn += 1) {
      const conversationId = conversations[turn % conversations.length];
      if (conversationId === undefined) return;
      let before: string | undefined;
      for (let page = 0; page < PAGES_AT_MOST && !this.#ended.signal.aborted; page += 1) {
        const answer = await person.api
          .call('read-history', {
            params: { conversationId },
            query: before === undefined ? {} : { before },
          })
          .catch(() => undefined);
        if (answer?.status !== 200) {
          this.#refused += 1;
          break;
        }
        this.#pages += 1;
        const { messages, before: older } = answer.body as HistoryResponse;
        recorder.record({ kind: 'read', conversationId, messages: messages.map(seen) });
        before = older;
        if (before === undefined) break;
      }
      await pause(PAUSE_MS, undefined, { signal: this.#ended.signal }).catch(() => undefined);
    }
  }
}
