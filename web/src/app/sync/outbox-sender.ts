import type { PostMessageResponse } from '../../../../core/contract/messages.ts';
import { ApiError } from '../../lib/api/api-error.ts';
import type { SharedSession } from '../../lib/storage/shared-session.ts';
import { BEGINNING, later } from '../../lib/timeline/message-id.ts';
import type { OutboxEntry } from '../../lib/timeline/outbox-entry.ts';
import { outboxOutcome } from '../../lib/timeline/outbox-outcome.ts';
import { IDENTITY_LOCK } from '../session/session-keeper.ts';
import type { Outbox } from './outbox.ts';
import type { UserContext } from './user-context.ts';

/** After something came back, pages do not all send at the same moment. */
const HURRY_SPREAD_MS = 500;

/**
 * Sends what is in the outbox, from one tab only: first in, first out in each conversation, one request at a time.
 * What has no outcome is tried again, with the same nonce and a higher attempt, until it has one.
 */
export class OutboxSender {
  readonly #context: UserContext;
  readonly #outbox: Outbox;
  readonly #shared: SharedSession;
  readonly #onSent: (entry: OutboxEntry) => void;
  #leading = false;
  /** Conversations with a request under way. */
  readonly #sending = new Set<string>();
  /** When the head of a conversation may be tried again (ms since the epoch), and how often it failed in a row. */
  readonly #held = new Map<string, { readonly until: number; readonly failures: number }>();
  readonly #retried = new Set<string>();

  constructor(
    context: UserContext,
    outbox: Outbox,
    shared: SharedSession,
    /** Told of each message that the log has. */
    onSent: (entry: OutboxEntry) => void,
  ) {
    this.#context = context;
    this.#outbox = outbox;
    this.#shared = shared;
    this.#onSent = onSent;
  }

  /** This is the one tab that sends. */
  get isLeading(): boolean {
    return this.#leading;
  }

  /** Waits for its turn to be the tab that sends, and is until the user goes. */
  start(): void {
    const { locks, scope, ownId } = this.#context;
    this.#outbox.onWork = (nonce) => {
      if (nonce !== null) this.#retryNow(nonce);
      this.#pump();
    };
    locks
      .run(`ping-me.outbox.${ownId}`, 'exclusive', () => this.#lead(), scope.signal)
      .catch((error: unknown) => {
        if (!scope.ended) throw error;
      });
  }

  /** What was away may be back: tries what waits, soon. */
  hurry(): void {
    const { scope, random } = this.#context;
    if (this.#held.size === 0) return;
    scope.after(random() * HURRY_SPREAD_MS, () => {
      for (const [conversationId, { failures }] of this.#held) {
        this.#held.set(conversationId, { until: 0, failures });
      }
      this.#pump();
    });
  }

  async #lead(): Promise<void> {
    const { scope } = this.#context;
    await this.#outbox.load();
    for (const entry of this.#outbox.entries) {
      // The tab that sent it is gone, and with it the answer.
      if (entry.state === 'sending') await this.#outbox.save({ ...entry, state: 'waiting' });
    }
    if (scope.ended) return;
    this.#leading = true;
    this.#pump();
    await new Promise<void>((resolve) => scope.onEnd(resolve));
  }

  #retryNow(nonce: string): void {
    const entry = this.#outbox.find(nonce);
    if (!entry) return;
    this.#held.delete(entry.conversationId);
    this.#retried.add(nonce);
  }

  #pump(): void {
    if (!this.#leading || this.#context.scope.ended) return;
    const seen = new Set(this.#sending);
    for (const entry of this.#outbox.entries) {
      if (entry.state === 'sent' || entry.state === 'failed' || seen.has(entry.conversationId)) continue;
      seen.add(entry.conversationId);
      if ((this.#held.get(entry.conversationId)?.until ?? 0) > Date.now()) continue;
      this.#sending.add(entry.conversationId);
      void this.#send(entry).finally(() => {
        this.#sending.delete(entry.conversationId);
        this.#pump();
      });
    }
  }

  async #send(entry: OutboxEntry): Promise<void> {
    const isFirst = entry.attempt === null;
    const retried = this.#retried.delete(entry.nonce);
    const after = isFirst
      ? later(entry.after ?? BEGINNING, this.#outbox.newestKnown(entry.conversationId) ?? BEGINNING) ||
        undefined
      : entry.after;
    const trying: OutboxEntry = {
      ...entry,
      attempt: entry.attempt === null ? 0 : entry.attempt + 1,
      after,
      // One that waits goes on saying so while it is tried again by itself.
      state: entry.state === 'waiting' && !retried ? 'waiting' : 'sending',
    };
    await this.#outbox.save(trying);
    try {
      const answer = await this.#post(trying);
      this.#held.delete(entry.conversationId);
      if (!this.#outbox.find(entry.nonce)) return;
      const sent: OutboxEntry = {
        ...trying,
        state: 'sent',
        messageId: answer.messageId,
        postedAt: answer.postedAt,
      };
      await this.#outbox.save(sent);
      this.#onSent(sent);
    } catch (error) {
      await this.#unsent(trying, error);
    }
  }

  /** Posts as this very user or not at all: nobody signs in or out while it is under way. */
  async #post(entry: OutboxEntry): Promise<PostMessageResponse> {
    const { locks, call, ownId, scope } = this.#context;
    return locks.run(
      IDENTITY_LOCK,
      'shared',
      async () => {
        if (scope.ended || this.#shared.read()?.userId !== ownId) throw new ApiError({ kind: 'aborted' });
        const { conversationId, content, nonce, attempt, after } = entry;
        const answer = await call(
          'post-message',
          { params: { conversationId }, body: { content, nonce, attempt: attempt ?? 0, after } },
          { signal: scope.signal },
        );
        if (answer.nonce !== nonce) throw new ApiError({ kind: 'foreign', status: 202 });
        return answer;
      },
      scope.signal,
    );
  }

  async #unsent(entry: OutboxEntry, error: unknown): Promise<void> {
    const { scope, random } = this.#context;
    const failures = (this.#held.get(entry.conversationId)?.failures ?? 0) + 1;
    const outcome = outboxOutcome(error, failures, random());
    if (scope.ended || !this.#outbox.find(entry.nonce)) return;
    if (outcome.kind === 'fail') {
      this.#held.delete(entry.conversationId);
      await this.#outbox.save({
        ...entry,
        state: 'failed',
        failure: { code: outcome.code, reason: outcome.reason },
      });
      return;
    }
    this.#held.set(entry.conversationId, { until: Date.now() + outcome.delayMs, failures });
    scope.after(outcome.delayMs, () => this.#pump());
    await this.#outbox.save({ ...entry, state: 'waiting' });
  }
}
