import { isRetryable } from '../../lib/api/api-error.ts';
import { backoffMs } from '../../lib/retry/backoff.ts';
import { later } from '../../lib/timeline/message-id.ts';
import type { ConversationListService } from '../services.ts';
import { listCatchingUp } from '../state/connection-slice.ts';
import { conversationsFailed, conversationsReceived, messagesHeard } from '../state/conversations-slice.ts';
import { peopleLearned } from '../state/people-slice.ts';
import type { UserContext } from './user-context.ts';

/** How often it is read again while it says that it is catching up, or can not be read. */
const AGAIN_BACKOFF = { baseMs: 2_000, maxMs: 15_000 };
/** A list that is read for a change is read once for many. */
const GATHER_MS = 300;

/** Keeps the list of conversations: who is in what, last messages, read markers and unread counts. */
export class ConversationList implements ConversationListService {
  readonly #context: UserContext;
  #reading: Promise<void> | null = null;
  #again = false;
  #unsettled = 0;
  #scheduled: (() => void) | null = null;
  readonly #waiting: (() => void)[] = [];

  constructor(context: UserContext) {
    this.#context = context;
  }

  /** Reads it; a call while it is being read makes it be read once more, for what changed meanwhile. Never rejects. */
  refresh(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return this.#reading;
    }
    this.#reading = this.#readAll().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** Reads it in `delayMs`, once however often it is asked for until then. */
  refreshSoon(delayMs: number = GATHER_MS): void {
    if (this.#scheduled) return;
    this.#scheduled = this.#context.scope.after(delayMs, () => {
      this.#scheduled = null;
      void this.refresh();
    });
  }

  settled(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#context.store.getState().conversations.listStatus === 'loading') this.#waiting.push(resolve);
      else resolve();
    });
  }

  async #readAll(): Promise<void> {
    do {
      this.#again = false;
      await this.#read();
    } while (this.#again && !this.#context.scope.ended);
  }

  async #read(): Promise<void> {
    const { store, call, scope, random } = this.#context;
    const asOf = store.getState().conversations.changes;
    let settled = false;
    try {
      const { conversations, catchingUp } = await call('list-conversations');
      if (scope.ended) return;
      store.dispatch(peopleLearned(conversations.flatMap(({ peer }) => (peer ? [peer] : []))));
      store.dispatch(conversationsReceived({ conversations, asOf }));
      store.dispatch(listCatchingUp(catchingUp));
      this.#countWhatIsNotStored();
      settled = !catchingUp;
    } catch (error) {
      if (scope.ended) return;
      store.dispatch(conversationsFailed());
      settled = !isRetryable(error);
    }
    for (const resolve of this.#waiting.splice(0)) resolve();
    this.#unsettled = settled ? 0 : this.#unsettled + 1;
    if (!settled) this.refreshSoon(1_000 + backoffMs(this.#unsettled, AGAIN_BACKOFF, random()));
  }

  /** The server counts what is stored; what was heard live and is not stored yet counts on top. */
  #countWhatIsNotStored(): void {
    const { store, ownId } = this.#context;
    const { conversations, messages, connection } = store.getState();
    for (const { conversationId, unread } of Object.values(conversations.byId)) {
      const held = messages.byConversation[conversationId]?.timeline.messages ?? [];
      const counted = later(unread.head, unread.marker);
      if ((held.at(-1)?.messageId ?? '') <= counted) continue;
      const above = held.filter(({ messageId }) => messageId > counted);
      const attended = connection.attended;
      store.dispatch(messagesHeard({ conversationId, messages: above, ownId, attended }));
    }
  }
}
