import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../../../../core/contract/messages.ts';
import { selectBanner } from '../../../../web/src/app/state/connection-selectors.ts';
import { conversationOpened } from '../../../../web/src/app/state/conversations-slice.ts';
import { selectTimeline } from '../../../../web/src/app/state/messages-selectors.ts';
import { messagesArrived } from '../../../../web/src/app/state/messages-slice.ts';
import { ConversationList } from '../../../../web/src/app/sync/conversation-list.ts';
import { HistoryReader } from '../../../../web/src/app/sync/history-reader.ts';
import { StoredWatch } from '../../../../web/src/app/sync/stored-watch.ts';
import { pageOf } from '../support/history-server.ts';
import { CONVERSATION, idAt, messageAt } from '../support/messages.ts';
import { problem, ScriptedApi } from '../support/scripted-call.ts';
import { settle } from '../support/settle.ts';
import { openTab } from '../support/tab.ts';

/** A tab that has read a conversation of `stored` messages, and a service whose history then goes on. */
async function start(stored: number, { open = true } = {}) {
  const server = { log: range(1, stored), storedThrough: idAt(stored), lagging: false };
  const api = new ScriptedApi()
    .on('read-history', ({ query }) => {
      const { before, after, limit } = query as { before?: string; after?: string; limit: string };
      const page = pageOf(server.log, server.storedThrough, { before, after, limit: Number(limit) });
      return { ...page, catchingUp: server.lagging };
    })
    .on('list-conversations', () => ({ conversations: [], catchingUp: server.lagging }));
  const { context, store } = await openTab(api);
  const reader = new HistoryReader(context, () => {});
  const list = new ConversationList(context);
  const watch = new StoredWatch(context, reader, list);
  if (open) store.dispatch(conversationOpened(CONVERSATION));
  await reader.newest(CONVERSATION);
  api.calls.length = 0;
  const hear = (messages: readonly Message[]) =>
    store.dispatch(messagesArrived({ conversationId: CONVERSATION, messages }));
  const report = (first: number, through: number) => {
    server.storedThrough = idAt(through);
    watch.reported({
      type: 'conversation.stored',
      conversationId: CONVERSATION,
      first: idAt(first),
      through: idAt(through),
      count: through - first + 1,
    });
  };
  const skip = (first: number, through: number) =>
    watch.skipped({
      type: 'conversation.skipped',
      conversationId: CONVERSATION,
      first: idAt(first),
      through: idAt(through),
      count: through - first + 1,
    });
  const states = () =>
    selectTimeline(store.getState(), CONVERSATION).map((row) => row.kind === 'message' && row.state);
  const shown = () =>
    selectTimeline(store.getState(), CONVERSATION).map((row) => row.kind === 'message' && row.messageId);
  return { api, server, store, watch, hear, report, skip, states, shown, context };
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => messageAt(from + at));
const ids = (from: number, to: number) => range(from, to).map(({ messageId }) => messageId);

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => vi.useRealTimers());

describe('what is reported stored', () => {
  it('costs no request when all of it is held', async () => {
    const { api, server, hear, report, store } = await start(3);
    server.log = range(1, 5);
    hear(range(4, 5));
    report(4, 5);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(api.calls).toEqual([]);
    const states = selectTimeline(store.getState(), CONVERSATION).map(
      (row) => row.kind === 'message' && row.state,
    );
    expect(new Set(states)).toEqual(new Set(['stored']));
  });

  it('is read after a while, once, if some of it is still lacking', async () => {
    const { api, server, hear, report, shown } = await start(3);
    server.log = range(1, 9);
    hear([messageAt(4), messageAt(6)]);
    report(4, 6);
    report(7, 9);
    await vi.advanceTimersByTimeAsync(999);
    expect(api.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_001);
    await settle();
    expect(api.callsOf('read-history')).toHaveLength(1);
    expect(shown()).toEqual(ids(1, 9));
  });

  it('is not read if the push was only late', async () => {
    const { api, server, hear, report } = await start(3);
    server.log = range(1, 4);
    report(4, 4);
    hear([messageAt(4)]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(api.calls).toEqual([]);
  });

  it('is read in pages when there is more than one page of it', async () => {
    const { server, report, shown } = await start(3);
    server.log = range(1, 250);
    report(4, 250);
    await vi.advanceTimersByTimeAsync(3_000);
    await settle();
    expect(shown()).toEqual(ids(1, 250));
  });

  it('of a conversation that is not open costs the list only', async () => {
    const { api, server, report, store } = await start(3, { open: false });
    server.log = range(1, 9);
    report(4, 9);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(api.calls.map(({ name }) => name)).toEqual(['list-conversations']);
    expect(store.getState().messages.byConversation[CONVERSATION]?.stale).toBe(true);
  });
});

describe('what was skipped', () => {
  it('is read like what is reported stored, and shows as stored only once it is', async () => {
    const { api, server, hear, skip, report, shown, states } = await start(3);
    server.log = range(1, 6);
    hear([messageAt(4)]);
    skip(4, 6);
    expect(states().at(-1)).toBe('sent');
    await vi.advanceTimersByTimeAsync(3_000);
    await settle();
    expect(api.callsOf('read-history')).toHaveLength(1);
    server.storedThrough = idAt(6);
    report(4, 6);
    await vi.advanceTimersByTimeAsync(3_000);
    await settle();
    expect(shown()).toEqual(ids(1, 6));
    expect(new Set(states())).toEqual(new Set(['stored']));
  });

  it('costs no request when all of it is held, and says nothing of what is stored', async () => {
    const { api, server, hear, skip, states } = await start(3);
    server.log = range(1, 5);
    hear(range(4, 5));
    skip(4, 5);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(api.calls).toEqual([]);
    expect(states()).toEqual(['stored', 'stored', 'stored', 'sent', 'sent']);
  });
});

describe('a message that nobody reports stored', () => {
  it('makes the banner come, and go once it is stored', async () => {
    const { server, hear, watch, store } = await start(3);
    server.log = range(1, 4);
    hear([messageAt(4)]);
    watch.expect(CONVERSATION, idAt(4));
    await vi.advanceTimersByTimeAsync(9_000);
    expect(selectBanner(store.getState())).toBeNull();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(selectBanner(store.getState())).toBe('history-catching-up');
    server.storedThrough = idAt(4);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(selectBanner(store.getState())).toBeNull();
  });

  it('brings no banner where history has it: only the report was lost', async () => {
    const { server, hear, watch, store } = await start(3);
    server.log = range(1, 4);
    hear([messageAt(4)]);
    watch.expect(CONVERSATION, idAt(4));
    server.storedThrough = idAt(4);
    await vi.advanceTimersByTimeAsync(10_000);
    await settle();
    expect(selectBanner(store.getState())).toBeNull();
    const last = selectTimeline(store.getState(), CONVERSATION).at(-1);
    expect(last).toMatchObject({ state: 'stored' });
  });

  it('brings the banner while history is away, until it answers', async () => {
    const { api, hear, watch, store, server } = await start(3);
    server.log = range(1, 4);
    server.storedThrough = idAt(4);
    hear([messageAt(4)]);
    let away = true;
    api.on('read-history', () => {
      if (away) throw problem('history_unavailable');
      return pageOf(server.log, server.storedThrough, { limit: 50 });
    });
    watch.expect(CONVERSATION, idAt(4));
    await vi.advanceTimersByTimeAsync(10_500);
    expect(selectBanner(store.getState())).toBe('history-catching-up');
    away = false;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(selectBanner(store.getState())).toBeNull();
  });
});
