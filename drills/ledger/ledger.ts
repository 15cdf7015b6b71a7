import type { ConversationId, MessageId } from '../../core/contract/ids.ts';
import { violationsAgainstTime } from './against-time.ts';
import { descentsOf } from './descents.ts';
import { Edits } from './edits.ts';
import type { Entry } from './entry.ts';
import type { LedgerReport } from './ledger-report.ts';
import { keyOf, type Observation, type SeenMessage } from './observation.ts';
import { Screens } from './screens.ts';
import { StoredThrough } from './stored-through.ts';

/**
 * Takes what was observed, in the order in which it was, and compares it. It shares no rule with the functions: it knows
 * keys, digests, ids that sort, and nothing else. Anybody can give the observations of a run to it again.
 */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  readonly #screens = new Screens();
  readonly #storedThrough = new StoredThrough();
  readonly #history = new Map<ConversationId, readonly SeenMessage[]>();
  readonly #edits = new Edits();
  readonly #altered = new Set<string>();
  readonly #foreign = new Set<string>();
  #acknowledged = 0;
  #refused = 0;
  readonly #refusedBy: Record<number, number> = {};
  #unacknowledged = 0;
  #waitingSince = 0;
  #longestSilenceMs = 0;
  #longestWaitMs = 0;
  #longestRefusalMs = 0;
  #disorderOnPages = 0;
  #doubledOnPages = 0;
  #healedAt: number | undefined;

  observe(observation: Observation): void {
    switch (observation.kind) {
      case 'sent':
        if (this.#entries.has(keyOf(observation))) return;
        this.#entries.set(keyOf(observation), { sentAt: observation.at, digest: observation.digest });
        if (this.#unacknowledged === 0) this.#waitingSince = observation.at;
        this.#unacknowledged += 1;
        return;
      case 'acknowledged':
        this.#acknowledge(keyOf(observation), observation.messageId, observation.at);
        return;
      case 'refused':
        this.#refused += 1;
        this.#refusedBy[observation.status] = (this.#refusedBy[observation.status] ?? 0) + 1;
        this.#longestRefusalMs = Math.max(this.#longestRefusalMs, observation.tookMs);
        return;
      case 'heard':
        this.#compare(observation.message);
        this.#screens.heard(observation.listener, observation.message, observation.at);
        return;
      case 'edited':
        this.#edits.made(observation);
        return;
      case 'changed':
        this.#compare(observation.message);
        this.#screens.shows(observation.listener, observation.message, observation.at);
        return;
      case 'read':
        this.#read(observation.messages, observation.listener, observation.at);
        return;
      case 'history':
        for (const message of observation.messages) this.#compare(message);
        this.#history.set(observation.conversationId, observation.messages);
        return;
      case 'stored':
        this.#storedThrough.observe(observation);
        return;
      case 'healed':
        this.#healedAt = observation.at;
        return;
      case 'fault':
      case 'note':
        return;
      default:
        this.#screens.observe(observation);
    }
  }

  get acknowledgedCount(): number {
    return this.#acknowledged;
  }

  get refusedCount(): number {
    return this.#refused;
  }

  /** Sent and not acknowledged yet. */
  get unacknowledgedCount(): number {
    return this.#unacknowledged;
  }

  /** Key of each acknowledged message, and the id that it was acknowledged with. */
  *acknowledgements(): Generator<readonly [key: string, messageId: MessageId]> {
    for (const [key, { messageId }] of this.#entries) if (messageId !== undefined) yield [key, messageId];
  }

  /** How many messages were said to be stored. */
  get saidStoredCount(): number {
    return this.#storedThrough.count;
  }

  /** How long each message waited for its acknowledgement that was sent in this time, in milliseconds. */
  waitsBetween(from: number, to: number): number[] {
    return [...this.#entries.values()].flatMap(({ sentAt, acknowledgedAt }) =>
      acknowledgedAt === undefined || sentAt < from || sentAt >= to ? [] : [acknowledgedAt - sentAt],
    );
  }

  report(): LedgerReport {
    const stored = new Map<string, MessageId[]>();
    let outOfOrder = this.#disorderOnPages + this.#screens.disorder;
    let againstTime = 0;
    for (const messages of this.#history.values()) {
      outOfOrder += descentsOf(messages.map(({ messageId }) => messageId));
      againstTime += violationsAgainstTime(messages, this.#entries);
      for (const message of messages) {
        const key = keyOf(message);
        stored.set(key, [...(stored.get(key) ?? []), message.messageId]);
      }
    }
    const acknowledged = [...this.#entries].filter(([, { messageId }]) => messageId !== undefined);
    const keys = [...this.#entries.keys()];
    return {
      sent: this.#entries.size,
      acknowledged: acknowledged.length,
      refused: this.#refused,
      refusedBy: { ...this.#refusedBy },
      stored: stored.size,
      deliveredToAll: keys.filter((key) => this.#screens.allShow(key)).length,
      heardByAll: keys.filter((key) => this.#screens.allHeard(key)).length,
      violations: {
        lost: acknowledged.filter(([key]) => !stored.has(key)).length,
        missing: [...stored.keys()].filter((key) => !this.#screens.allShow(key)).length,
        doubled: [...stored.values()].filter((ids) => ids.length > 1).length + this.#doubledOnPages,
        misnumbered: acknowledged.filter(
          ([key, { messageId = '' }]) => (stored.get(key)?.[0] ?? '') > messageId,
        ).length,
        outOfOrder,
        againstTime,
        outdated: this.#edits.outdated(this.#history, (key, editId) => this.#screens.allShow(key, editId)),
        altered: new Set([...this.#altered, ...this.#edits.altered()]).size,
        foreign: this.#foreign.size,
        afterLeaving: this.#screens.afterLeaving,
      },
      longestSilenceMs: Math.round(this.#longestSilenceMs),
      longestWaitMs: Math.round(this.#longestWaitMs),
      longestRefusalMs: Math.round(this.#longestRefusalMs),
      recoveredAfterMs: this.#recoveredAfterMs(),
    };
  }

  #acknowledge(key: string, messageId: MessageId, at: number): void {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.acknowledgedAt !== undefined) return;
    entry.acknowledgedAt = at;
    entry.messageId = messageId;
    this.#acknowledged += 1;
    this.#unacknowledged -= 1;
    this.#longestWaitMs = Math.max(this.#longestWaitMs, at - entry.sentAt);
    this.#longestSilenceMs = Math.max(this.#longestSilenceMs, at - this.#waitingSince);
    this.#waitingSince = at;
  }

  #read(messages: readonly SeenMessage[], listener: string | undefined, at: number): void {
    this.#disorderOnPages += descentsOf(messages.map(({ messageId }) => messageId));
    this.#doubledOnPages += messages.length - new Set(messages.map(keyOf)).size;
    for (const message of messages) {
      this.#compare(message);
      if (listener !== undefined) this.#screens.shows(listener, message, at);
    }
  }

  #compare(message: SeenMessage): void {
    const key = keyOf(message);
    const entry = this.#entries.get(key);
    if (entry === undefined) this.#foreign.add(key);
    else if (message.editId !== undefined) this.#edits.seen({ ...message, editId: message.editId });
    else if (entry.digest !== message.digest) this.#altered.add(key);
  }

  #recoveredAfterMs(): number | undefined {
    const healedAt = this.#healedAt;
    if (healedAt === undefined) return undefined;
    let recoveredAt = healedAt;
    for (const [key, { sentAt, acknowledgedAt = 0, messageId }] of this.#entries) {
      if (sentAt > healedAt || messageId === undefined) continue;
      const conversationId = key.slice(0, key.indexOf(' '));
      const storedAt = this.#storedThrough.storedAt(conversationId, messageId) ?? 0;
      recoveredAt = Math.max(recoveredAt, acknowledgedAt, storedAt, this.#screens.shownToAllAt(key));
    }
    return Math.round(recoveredAt - healedAt);
  }
}
