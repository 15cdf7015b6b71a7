import type { Gap } from '../../lib/timeline/known-ranges.ts';
import { unverifiedCount } from '../../lib/timeline/timeline.ts';
import type { HistoryService } from '../services.ts';
import {
  timelineRestored,
  timelinesDropped,
  timelineTrimmed,
  timelineUsed,
} from '../state/messages-slice.ts';
import type { HistoryReader } from './history-reader.ts';
import type { UserContext } from './user-context.ts';

/** Messages kept of a conversation that is not on the screen: enough to show at once. */
const KEEP_CLOSED = 100;
/** Messages kept of the open one while its newest end is on the screen; scrolling up may hold more. */
const KEEP_OPEN = 1_000;
/** Trimming in steps costs less than at every message. */
const TRIM_SLACK = 1.5;
const KEEP_CONVERSATIONS = 60;
/** A channel that one has not joined is not heard live. */
const PREVIEW_INTERVAL_MS = 10_000;
/** So many live messages are taken on trust before history is asked whether one was lost, and not more often than so. */
const VERIFY_EVERY = 50;
const VERIFY_INTERVAL_MS = 5_000;

/** Looks after what is held of each conversation: from disk at once, then fresh, and never more than fits. */
export class OpenTimelines implements HistoryService {
  readonly #context: UserContext;
  readonly #reader: HistoryReader;
  #stopPreview: (() => void) | null = null;
  #verifyAgainAt = 0;

  constructor(context: UserContext, reader: HistoryReader) {
    this.#context = context;
    this.#reader = reader;
  }

  open(conversationId: string): void {
    const { store } = this.#context;
    store.dispatch(timelineUsed(conversationId));
    void this.#show(conversationId);
    this.#preview(conversationId);
    this.#dropOldest();
  }

  close(conversationId: string): void {
    this.#stopPreview?.();
    this.#stopPreview = null;
    this.#reader.settle();
    this.#context.store.dispatch(timelineTrimmed({ conversationId, keep: KEEP_CLOSED }));
  }

  newest(conversationId: string): Promise<void> {
    return this.#reader.newest(conversationId);
  }

  older(conversationId: string): Promise<void> {
    return this.#reader.older(conversationId);
  }

  fillGap(conversationId: string, gap: Gap, towards: 'newer' | 'older'): Promise<void> {
    return this.#reader.fillGap(conversationId, gap, towards);
  }

  /** Live messages came into a conversation: bounds what is held, and checks now and then that none was lost. */
  grown(conversationId: string): void {
    const { conversations, messages } = this.#context.store.getState();
    const timeline = messages.byConversation[conversationId]?.timeline;
    if (!timeline) return;
    const isOpen = conversations.openId === conversationId;
    const keep = !isOpen ? KEEP_CLOSED : conversations.atEnd ? KEEP_OPEN : Number.POSITIVE_INFINITY;
    if (timeline.messages.length > keep * TRIM_SLACK) {
      this.#context.store.dispatch(timelineTrimmed({ conversationId, keep }));
    }
    if (!isOpen || unverifiedCount(timeline) < VERIFY_EVERY || Date.now() < this.#verifyAgainAt) return;
    this.#verifyAgainAt = Date.now() + VERIFY_INTERVAL_MS;
    void this.#reader.verify(conversationId);
  }

  async #show(conversationId: string): Promise<void> {
    const { store, database, scope } = this.#context;
    if (!store.getState().messages.byConversation[conversationId]?.loaded) {
      const cached = await database.timelines.get(conversationId).catch(() => undefined);
      if (scope.ended) return;
      if (cached) store.dispatch(timelineRestored({ conversationId, timeline: cached.timeline }));
    }
    const { messages, connection } = store.getState();
    const fresh = messages.byConversation[conversationId]?.stale === false && connection.socket === 'open';
    if (!fresh) await this.#reader.newest(conversationId);
  }

  #preview(conversationId: string): void {
    const { store, scope } = this.#context;
    this.#stopPreview?.();
    this.#stopPreview = scope.after(PREVIEW_INTERVAL_MS, () => {
      if (store.getState().conversations.byId[conversationId]?.joined === false) {
        void this.#reader.newest(conversationId);
      }
      this.#preview(conversationId);
    });
  }

  #dropOldest(): void {
    const { store } = this.#context;
    const held = Object.entries(store.getState().messages.byConversation);
    if (held.length <= KEEP_CONVERSATIONS) return;
    const byUse = held.sort(([, a], [, b]) => b.usedAt - a.usedAt);
    store.dispatch(timelinesDropped(byUse.slice(KEEP_CONVERSATIONS).map(([id]) => id)));
  }
}
