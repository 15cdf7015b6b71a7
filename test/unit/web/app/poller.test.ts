import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { attentionChanged } from '../../../../web/src/app/state/connection-slice.ts';
import { conversationOpened } from '../../../../web/src/app/state/conversations-slice.ts';
import { startPolling } from '../../../../web/src/app/sync/poller.ts';
import { CONVERSATION } from '../support/messages.ts';
import { ScriptedApi } from '../support/scripted-call.ts';
import { openTab } from '../support/tab.ts';

async function start({ open = true, attended = true } = {}) {
  const { context, store } = await openTab(new ScriptedApi());
  const live = { areMissing: true };
  const reads: string[] = [];
  if (open) store.dispatch(conversationOpened(CONVERSATION));
  store.dispatch(attentionChanged(attended));
  startPolling(
    context,
    live,
    { newest: async (conversationId) => void reads.push(conversationId) },
    { refresh: async () => void reads.push('list') },
  );
  return { context, live, reads };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

describe('while live updates are missing', () => {
  it('the open conversation is read every few seconds, the list every fourth time', async () => {
    const { reads } = await start();
    await vi.advanceTimersByTimeAsync(3_999);
    expect(reads).toEqual([]);
    await vi.advanceTimersByTimeAsync(16_001);
    const one = CONVERSATION;
    expect(reads).toEqual([one, 'list', one, one, one, one, 'list']);
  });

  it('only the list is read where no conversation is open', async () => {
    const { reads } = await start({ open: false });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(reads).toEqual(['list', 'list']);
  });

  it('a page that nobody looks at reads seldom', async () => {
    const { reads } = await start({ attended: false });
    await vi.advanceTimersByTimeAsync(19_999);
    expect(reads).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(reads).toEqual([CONVERSATION, 'list']);
  });

  it('it ends as soon as they come, begins as soon as they are missing again, and goes with the user', async () => {
    const { live, reads, context } = await start();
    live.areMissing = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toEqual([]);
    live.areMissing = true;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(reads).toEqual([CONVERSATION, 'list']);
    context.scope.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toHaveLength(2);
  });
});
