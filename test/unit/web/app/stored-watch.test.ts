import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../../../../core/contract/messages.ts';
import type { MessageEdit } from '../../../../core/domain/message-edit.ts';
import { selectBanner } from '../../../../web/src/app/state/connection-selectors.ts';
import { conversationOpened } from '../../../../web/src/app/state/conversations-slice.ts';
import { selectTimeline } from '../../../../web/src/app/state/messages-selectors.ts';
import { messagesArrived, messagesEdited } from '../../../../web/src/app/state/messages-slice.ts';
import { ConversationList } from '../../../../web/src/app/sync/conversation-list.ts';
import { HistoryReader } from '../../../../web/src/app/sync/history-reader.ts';
import { StoredWatch } from '../../../../web/src/app/sync/stored-watch.ts';
import { pageOf } from '../support/history-server.ts';
import { CONVERSATION, editAt, idAt, messageAt } from '../support/messages.ts';
import { problem, ScriptedApi } from '../support/scripted-call.ts';
import { settle } from '../support/settle.ts';
import { openTab } from '../support/tab.ts';

/** A tab that has read a conversation of `stored` messages, and a service whose history then goes on. */
async function start(stored: number, { open = true } = {}) {
  const server = {
    log: range(1, stored),
    edits: [] as MessageEdit[],
    storedThrough: idAt(stored),
    lagging: false,
  };
  const api = new ScriptedApi()
    .on('read-history', ({ query }) => {
      const { before, after, limit } = query as { before?: string; after?: string; limit: string };
      const cursors = { before, after, limit: Number(limit) };
      const page = pageOf(server.log, server.storedThrough, cursors, server.edits);
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
  /** An edit of the message at `of` is stored, and announced. */
  const edited = (offset: number, of: number) => {
    const edit = editAt(offset, messageAt(of));
    server.edits.push(edit);
    server.storedThrough = idAt(Math.max(offset, stored));
    const edits = [{ messageId: idAt(of), editId: edit.edit.editId }];
    watch.edited({ type: 'conversation.edited', conversationId: CONVERSATION, edits });
    return edit;
  };
  const contents = () =>
    selectTimeline(store.getState(), CONVERSATION).map((row) => row.kind === 'message' && row.content);
  const states = () =>
    selectTimeline(store.getState(), CONVERSATION).map((row) => row.kind === 'message' && row.state);
  const shown = () =>
    selectTimeline(store.getState(), CONVERSATION).map((row) => row.kind === 'message' && row.messageId);
  return { api, server, store, reader, watch, hear, report, skip, edited, contents, states, shown, context };
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

describe('what is announced as edited', () => {
  it('costs no request when the edit was heard, be it after the announcement, or when the message is not held', async () => {
    const { api, store, edited, contents, server } = await start(3);
    const edit = edited(10, 2);
    store.dispatch(messagesEdited({ conversationId: CONVERSATION, edits: [edit] }));
    server.log = range(1, 5);
    edited(11, 5);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(api.calls).toEqual([]);
    expect(contents()[1]).toBe('edited at 10');
  });

  it('is read after a while, once for many, where it was not heard', async () => {
    const { api, edited, contents } = await start(3);
    edited(10, 2);
    edited(11, 3);
    await vi.advanceTimersByTimeAsync(999);
    expect(api.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_001);
    await settle();
    expect(api.callsOf('read-history')).toHaveLength(1);
    expect(contents().slice(1)).toEqual(['edited at 10', 'edited at 11']);
  });

  it('is read as far back as messages are held', async () => {
    const { reader, edited, contents } = await start(220);
    for (let page = 0; page < 4; page += 1) await reader.older(CONVERSATION);
    edited(500, 30);
    await vi.advanceTimersByTimeAsync(3_000);
    await settle();
    expect(contents()).toHaveLength(220);
    expect(contents()[29]).toBe('edited at 500');
  });

  it('is read where a page that was on its way brings the message as it was before', async () => {
    const { api, reader, edited, contents, server } = await start(60);
    let answer = () => {};
    const late = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const before = pageOf(server.log, server.storedThrough, { before: idAt(11), limit: 50 });
    api.on('read-history', async () => {
      await late;
      return before;
    });
    const reading = reader.older(CONVERSATION);
    edited(500, 5);
    answer();
    await reading;
    expect(contents()[4]).toBe(messageAt(5).content);
    api.on('read-history', ({ query }) => {
      const { before: cursor, limit } = query as { before?: string; limit: string };
      return pageOf(server.log, server.storedThrough, { before: cursor, limit: Number(limit) }, server.edits);
    });
    await vi.advanceTimersByTimeAsync(3_000);
    await settle();
    expect(contents()[4]).toBe('edited at 500');
  });

  it('in a conversation that is not open is read when it is opened', async () => {
    const { api, edited, store, reader, contents } = await start(120, { open: false });
    await reader.older(CONVERSATION);
    api.calls.length = 0;
    edited(500, 30);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(api.calls.map(({ name }) => name)).toEqual(['list-conversations']);
    expect(store.getState().messages.byConversation[CONVERSATION]?.stale).toBe(true);
    store.dispatch(conversationOpened(CONVERSATION));
    await reader.newest(CONVERSATION);
    expect(contents()).toContain('edited at 500');
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
