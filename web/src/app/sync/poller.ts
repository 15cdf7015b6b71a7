import { jittered } from '../../lib/retry/backoff.ts';
import type { ConversationList } from './conversation-list.ts';
import type { HistoryReader } from './history-reader.ts';
import type { LiveUpdates } from './live-updates.ts';
import type { UserContext } from './user-context.ts';

/** While live updates are missing: how often the open conversation is read, and each how many times the list. */
const INTERVAL_MS = 4_000;
const LIST_EVERY = 4;
/** Nobody looks: that is often enough. */
const UNATTENDED_FACTOR = 5;

/** Reads what live updates would bring, while they do not come. */
export function startPolling(
  { store, scope, random }: UserContext,
  live: Pick<LiveUpdates, 'areMissing'>,
  reader: Pick<HistoryReader, 'newest'>,
  list: Pick<ConversationList, 'refresh'>,
): void {
  let round = 0;
  const next = () => {
    const factor = store.getState().connection.attended ? 1 : UNATTENDED_FACTOR;
    scope.after(jittered(INTERVAL_MS * factor, random()), () => void poll());
  };
  const poll = async () => {
    if (live.areMissing) {
      const { openId } = store.getState().conversations;
      if (openId !== null) await reader.newest(openId);
      if (round % LIST_EVERY === 0) await list.refresh();
      round += 1;
    }
    next();
  };
  next();
}
