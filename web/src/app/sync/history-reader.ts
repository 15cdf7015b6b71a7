import { PAGE_DEFAULT, PAGE_MAX } from '../../../../core/contract/limits.ts';
import type { HistoryResponse, Message } from '../../../../core/contract/messages.ts';
import { isRetryable, problemCode } from '../../lib/api/api-error.ts';
import { backoffMs, jittered } from '../../lib/retry/backoff.ts';
import { type Gap, gapsBelow, verifiedThrough } from '../../lib/timeline/known-ranges.ts';
import { BEGINNING, cursorAbove, cursorBelow, later } from '../../lib/timeline/message-id.ts';
import {
  EMPTY_TIMELINE,
  missingWithin,
  olderCursor,
  stored,
  type Timeline,
} from '../../lib/timeline/timeline.ts';
import { historyCatchingUp } from '../state/connection-slice.ts';
import { messagesHeard } from '../state/conversations-slice.ts';
import {
  type LoadingPart,
  pageAsked,
  pageFailed,
  pageReceived,
  timelineStale,
} from '../state/messages-slice.ts';
import type { UserContext } from './user-context.ts';

/** How often the open conversation is read again while its history is away or catching up. */
const AGAIN_BACKOFF = { baseMs: 2_000, maxMs: 15_000 };
/** A gap that opened while the page was away is filled by itself up to so many pages; what is older waits to be scrolled to. */
const GAP_PAGES = 5;
const GAP_RETRY_MS = 4_000;

export interface StoredRange {
  readonly first: string;
  readonly through: string;
  readonly count: number;
}

interface Cursors {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** Reads pages of history into the timelines. What goes wrong is in the state, and nothing rejects. */
export class HistoryReader {
  readonly #context: UserContext;
  /** Told of every page, whoever asked for it. */
  readonly #onMessages: (messages: readonly Message[]) => void;
  readonly #underWay = new Map<string, Promise<boolean>>();
  /** Messages that should be stored by now, the newest of each conversation. */
  readonly #overdue = new Map<string, string>();
  #retry: (() => void) | null = null;
  #unsettled = 0;

  constructor(context: UserContext, onMessages: (messages: readonly Message[]) => void) {
    this.#context = context;
    this.#onMessages = onMessages;
  }

  /** Reads the newest page, and what lies between it and what was known before. */
  async newest(conversationId: string): Promise<void> {
    if (!(await this.#read(conversationId, 'newest', {}, PAGE_DEFAULT)) || !this.#isOpen(conversationId))
      return;
    // Live updates came (back) after it was asked for: what was stored just before them is neither in it nor heard.
    const { stale } = this.#context.store.getState().messages.byConversation[conversationId] ?? {};
    if (stale) return this.newest(conversationId);
    await this.#fillNewestGap(conversationId);
  }

  /** The log has had a message for a while and nobody said that it is stored: reads until it is. */
  async newestUntilStored(conversationId: string, messageId: string): Promise<void> {
    this.#overdue.set(conversationId, later(messageId, this.#overdue.get(conversationId) ?? BEGINNING));
    await this.newest(conversationId);
  }

  async older(conversationId: string): Promise<void> {
    const before = olderCursor(this.#timeline(conversationId));
    await this.#read(conversationId, 'older', before === undefined ? {} : { before }, PAGE_DEFAULT);
  }

  async fillGap(conversationId: string, gap: Gap, towards: 'newer' | 'older'): Promise<void> {
    const upwards = towards === 'newer' && gap.after !== BEGINNING;
    const cursors = upwards ? { after: gap.after, before: gap.before } : { before: gap.before };
    await this.#read(conversationId, `gap ${gap.before}`, cursors, PAGE_MAX);
  }

  /**
   * Reads what was reported stored and is not held, on from where history was read to: a part of its own would leave a
   * gap to what is known, with nothing in it.
   */
  async readRange(conversationId: string, range: StoredRange): Promise<void> {
    const verified = verifiedThrough(this.#timeline(conversationId).ranges);
    const isAbove = verified !== BEGINNING && verified < range.first;
    let after = isAbove ? verified : cursorBelow(range.first);
    const before = cursorAbove(range.through);
    for (let page = 0; page < GAP_PAGES; page += 1) {
      if (!(await this.#read(conversationId, 'check', { after, before }, PAGE_MAX))) break;
      const timeline = this.#timeline(conversationId);
      if (missingWithin(timeline, range.first, range.through, range.count) === 0) return;
      const from = after ?? BEGINNING;
      const reached = timeline.ranges.find((known) => known.from <= from && known.to > from)?.to;
      if (reached === undefined || reached >= range.through) return;
      after = reached;
    }
    this.#context.store.dispatch(timelineStale(conversationId));
  }

  /** Reads again what live updates brought since the last page, so that a push which was lost does not stay lost. */
  async verify(conversationId: string): Promise<void> {
    const after = verifiedThrough(this.#timeline(conversationId).ranges);
    if (after !== BEGINNING) await this.#read(conversationId, 'check', { after }, PAGE_MAX);
  }

  /** Forgets the retries of the conversation that is no longer open. */
  settle(): void {
    this.#retry?.();
    this.#retry = null;
    this.#unsettled = 0;
    this.#context.store.dispatch(historyCatchingUp(false));
  }

  async #fillNewestGap(conversationId: string): Promise<void> {
    for (let page = 0; page < GAP_PAGES && this.#isOpen(conversationId); page += 1) {
      const { ranges, messages } = this.#timeline(conversationId);
      const gap = gapsBelow(ranges).at(-1);
      if (!gap || (messages[0]?.messageId ?? gap.before) >= gap.before) return;
      if (!(await this.#read(conversationId, `gap ${gap.before}`, { before: gap.before }, PAGE_MAX))) return;
    }
  }

  /** One request at a time for each part of each conversation; gives whether it was answered. */
  #read(conversationId: string, part: LoadingPart, cursors: Cursors, limit: number): Promise<boolean> {
    const key = `${conversationId} ${part}`;
    const underWay = this.#underWay.get(key);
    if (underWay) return underWay;
    const reading = this.#request(conversationId, part, cursors, limit).finally(() =>
      this.#underWay.delete(key),
    );
    this.#underWay.set(key, reading);
    return reading;
  }

  async #request(
    conversationId: string,
    part: LoadingPart,
    cursors: Cursors,
    limit: number,
  ): Promise<boolean> {
    const { store, call, scope, random } = this.#context;
    const { storedThrough } = this.#timeline(conversationId);
    store.dispatch(pageAsked({ conversationId, part }));
    try {
      const page = await call('read-history', {
        params: { conversationId },
        query: { ...cursors, limit: String(limit) },
      });
      if (scope.ended) return false;
      store.dispatch(
        pageReceived({ conversationId, part, request: { ...cursors, limit, storedThrough }, page }),
      );
      this.#learn(conversationId, part, page);
      return true;
    } catch (error) {
      // Whoever shows the gap asks again as soon as it is no longer loading.
      if (part.startsWith('gap')) await scope.pause(jittered(GAP_RETRY_MS, random()));
      if (scope.ended) return false;
      const failed = problemCode(error) === 'conversation_not_found' ? 'not-found' : 'history';
      store.dispatch(pageFailed({ conversationId, part, failed }));
      if (part === 'newest' && this.#isOpen(conversationId)) {
        store.dispatch(historyCatchingUp(problemCode(error) === 'history_unavailable'));
        if (isRetryable(error)) this.#readAgain(conversationId);
      }
      return false;
    }
  }

  #learn(conversationId: string, part: LoadingPart, page: HistoryResponse): void {
    const { store, ownId } = this.#context;
    this.#onMessages(page.messages);
    if (part !== 'older') {
      const { attended } = store.getState().connection;
      store.dispatch(messagesHeard({ conversationId, messages: page.messages, ownId, attended }));
    }
    const overdue = (this.#overdue.get(conversationId) ?? BEGINNING) > stored(this.#timeline(conversationId));
    if (!overdue) this.#overdue.delete(conversationId);
    if (part !== 'newest' || !this.#isOpen(conversationId)) return;
    const catchingUp = page.catchingUp || overdue;
    store.dispatch(historyCatchingUp(catchingUp));
    if (catchingUp) this.#readAgain(conversationId);
    else this.#unsettled = 0;
  }

  #readAgain(conversationId: string): void {
    this.#retry?.();
    this.#unsettled += 1;
    const delay = 1_000 + backoffMs(this.#unsettled, AGAIN_BACKOFF, this.#context.random());
    this.#retry = this.#context.scope.after(delay, () => {
      if (this.#isOpen(conversationId)) void this.newest(conversationId);
    });
  }

  #isOpen(conversationId: string): boolean {
    return this.#context.store.getState().conversations.openId === conversationId;
  }

  #timeline(conversationId: string): Timeline {
    return this.#context.store.getState().messages.byConversation[conversationId]?.timeline ?? EMPTY_TIMELINE;
  }
}
