import { isRetryable, problemCode } from '../../lib/api/api-error.ts';
import { backoffMs } from '../../lib/retry/backoff.ts';
import { indexFrom } from '../../lib/timeline/merge-messages.ts';
import { messageKey } from '../../lib/timeline/message-id.ts';
import { unreadCount } from '../../lib/timeline/unread.ts';
import type { ReadMarkerService } from '../services.ts';
import { readMarkerMoved } from '../state/conversations-slice.ts';
import type { UserContext } from './user-context.ts';

/** Reading along a busy conversation moves the marker on the server not more often than so. */
const GATHER_MS = 1_000;
const RETRY_BACKOFF = { baseMs: 4_000, maxMs: 60_000 };
const SNAPSHOT = 'read-markers';

/** Moves read markers forward: here at once, on the server soon, and again until it has taken them. */
export class ReadMarkers implements ReadMarkerService {
  readonly #context: UserContext;
  /** What the server has not taken yet, by conversation id. */
  readonly #pending = new Map<string, string>();
  readonly #onHistoryAway: () => void;
  #scheduled = false;
  #failures = 0;

  constructor(
    context: UserContext,
    /** Told when a marker could not be moved because history is away. */
    onHistoryAway: () => void,
  ) {
    this.#context = context;
    this.#onHistoryAway = onHistoryAway;
  }

  /** Takes up what an earlier visit could not deliver. */
  async restore(): Promise<void> {
    const kept = await this.#context.database.snapshots.get(SNAPSHOT).catch(() => undefined);
    for (const [conversationId, messageId] of Object.entries((kept ?? {}) as Record<string, string>)) {
      this.move(conversationId, messageId);
    }
  }

  move(conversationId: string, messageId: string): void {
    if (messageId <= (this.#pending.get(conversationId) ?? '')) return;
    this.heard(conversationId, messageId);
    this.#pending.set(conversationId, messageId);
    this.#keep();
    this.#schedule(GATHER_MS);
  }

  /** The marker moved, here or on another device. */
  heard(conversationId: string, messageId: string): void {
    this.#context.store.dispatch(
      readMarkerMoved({ conversationId, messageId, passed: this.#passed(conversationId, messageId) }),
    );
  }

  /** Marks what is on the screen as read: the newest message, while somebody looks at the end of the conversation. */
  readWhatIsShown(): void {
    const { conversations, connection, messages } = this.#context.store.getState();
    const { openId, atEnd, byId } = conversations;
    if (openId === null || !atEnd || !connection.attended) return;
    const conversation = byId[openId];
    const newest = messages.byConversation[openId]?.timeline.messages.at(-1);
    if (!conversation?.joined || !newest || unreadCount(conversation.unread) === 0) return;
    if (newest.messageId > conversation.unread.marker) this.move(openId, newest.messageId);
  }

  #schedule(delayMs: number): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#context.scope.after(delayMs, () => {
      this.#scheduled = false;
      void this.#deliver();
    });
  }

  async #deliver(): Promise<void> {
    const { call, random } = this.#context;
    let failed = false;
    for (const [conversationId, messageId] of [...this.#pending]) {
      try {
        await call('move-read-marker', { params: { conversationId }, body: { messageId } });
      } catch (error) {
        if (problemCode(error) === 'history_unavailable') this.#onHistoryAway();
        if (isRetryable(error)) {
          failed = true;
          continue;
        }
      }
      if (this.#pending.get(conversationId) === messageId) this.#pending.delete(conversationId);
    }
    this.#keep();
    this.#failures = failed ? this.#failures + 1 : 0;
    if (this.#pending.size > 0) {
      this.#schedule(GATHER_MS + (failed ? backoffMs(this.#failures, RETRY_BACKOFF, random()) : 0));
    }
  }

  /** How many of others' messages lie above the marker and up to `messageId`, of those held. */
  #passed(conversationId: string, messageId: string): number {
    const { messages, conversations } = this.#context.store.getState();
    const held = messages.byConversation[conversationId]?.timeline.messages ?? [];
    const unread = conversations.byId[conversationId]?.unread;
    if (!unread) return 0;
    const heard = new Set(unread.heard.map(({ key }) => key));
    return held
      .slice(indexFrom(held, unread.marker), indexFrom(held, messageId) + 1)
      .filter((message) => message.messageId > unread.marker && message.messageId <= messageId)
      .filter((message) => message.sender !== this.#context.ownId && !heard.has(messageKey(message))).length;
  }

  #keep(): void {
    if (this.#context.scope.ended) return;
    void this.#context.database.snapshots
      .put(SNAPSHOT, Object.fromEntries(this.#pending))
      .catch(() => undefined);
  }
}
