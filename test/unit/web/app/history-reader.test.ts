import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../../../../core/contract/messages.ts';
import type { MessageEdit } from '../../../../core/domain/message-edit.ts';
import { socketChanged } from '../../../../web/src/app/state/connection-slice.ts';
import { conversationClosed, conversationOpened } from '../../../../web/src/app/state/conversations-slice.ts';
import { selectTimeline, selectTimelineStatus } from '../../../../web/src/app/state/messages-selectors.ts';
import {
  messagesArrived,
  timelinesOutdated,
  timelinesStale,
} from '../../../../web/src/app/state/messages-slice.ts';
import { HistoryReader } from '../../../../web/src/app/sync/history-reader.ts';
import { OpenTimelines } from '../../../../web/src/app/sync/open-timelines.ts';
import { pageOf } from '../support/history-server.ts';
import { CONVERSATION, editAt, idAt, messageAt } from '../support/messages.ts';
import { problem, ScriptedApi } from '../support/scripted-call.ts';
import { settle } from '../support/settle.ts';
import { openTab } from '../support/tab.ts';

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => messageAt(from + at));
const ids = (from: number, to: number) => range(from, to).map(({ messageId }) => messageId);

async function start(stored: number) {
  const server = { log: range(1, stored), edits: [] as MessageEdit[] };
  const api = new ScriptedApi().on('read-history', ({ query }) => {
    const { before, after, limit } = query as { before?: string; after?: string; limit: string };
    const stored = server.log.at(-1)?.messageId ?? '';
    return pageOf(server.log, stored, { before, after, limit: Number(limit) }, server.edits);
  });
  const { context, store, database } = await openTab(api);
  const seen: Message[] = [];
  const reader = new HistoryReader(context, (messages) => seen.push(...messages));
  const timelines = new OpenTimelines(context, reader);
  store.dispatch(socketChanged('open'));
  store.dispatch(conversationOpened(CONVERSATION));
  const rows = () => selectTimeline(store.getState(), CONVERSATION);
  const shown = () => rows().map((row) => (row.kind === 'gap' ? 'gap' : row.messageId));
  const status = () => selectTimelineStatus(store.getState(), CONVERSATION);
  const hear = (from: number, to: number) =>
    store.dispatch(messagesArrived({ conversationId: CONVERSATION, messages: range(from, to) }));
  const requests = () => api.callsOf('read-history').map(({ query }) => query);
  return { server, api, store, database, reader, timelines, rows, shown, status, hear, requests, seen };
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('history', () => {
  it('is read newest page first, then older ones to the beginning', async () => {
    const { reader, shown, status } = await start(120);
    await reader.newest(CONVERSATION);
    expect(shown()).toEqual(ids(71, 120));
    expect(status()).toMatchObject({ loaded: true, hasOlder: true });
    await reader.older(CONVERSATION);
    await reader.older(CONVERSATION);
    expect(shown()).toEqual(ids(1, 120));
    expect(status()).toMatchObject({ hasOlder: false, loadingOlder: false });
  });

  it('that was missed is read up to what was known before', async () => {
    const { server, reader, shown } = await start(50);
    await reader.newest(CONVERSATION);
    server.log = range(1, 300);
    await reader.newest(CONVERSATION);
    expect(shown()).toEqual(ids(1, 300));
  });

  it('that was missed for very long leaves a gap, which is filled from either side', async () => {
    const { server, reader, rows, shown } = await start(50);
    await reader.newest(CONVERSATION);
    server.log = range(1, 1_000);
    await reader.newest(CONVERSATION);
    expect(shown()).toEqual([...ids(1, 50), 'gap', ...ids(451, 1_000)]);
    const gap = () => rows().find((row) => row.kind === 'gap')!;
    await reader.fillGap(CONVERSATION, gap(), 'newer');
    expect(shown()).toEqual([...ids(1, 150), 'gap', ...ids(451, 1_000)]);
    await reader.fillGap(CONVERSATION, gap(), 'older');
    expect(shown()).toEqual([...ids(1, 150), 'gap', ...ids(351, 1_000)]);
    for (let page = 0; page < 3; page += 1) {
      const open = rows().find((row) => row.kind === 'gap');
      if (open) await reader.fillGap(CONVERSATION, open, 'older');
    }
    expect(shown()).toEqual(ids(1, 1_000));
  });

  it('of a conversation seen before is there at once, and read again only if something may have been missed', async () => {
    const { store, timelines, requests, hear } = await start(10);
    timelines.open(CONVERSATION);
    await settle();
    store.dispatch(conversationClosed());
    timelines.close(CONVERSATION);
    hear(11, 12);
    store.dispatch(conversationOpened(CONVERSATION));
    timelines.open(CONVERSATION);
    await settle();
    expect(requests()).toHaveLength(1);
    store.dispatch(timelinesStale());
    timelines.open(CONVERSATION);
    await settle();
    expect(requests()).toHaveLength(2);
  });

  it('that may have been edited while nobody heard it is read again as far as it is held, and stays on the screen meanwhile', async () => {
    const { server, reader, store, shown, rows, requests } = await start(300);
    await reader.newest(CONVERSATION);
    for (let page = 0; page < 4; page += 1) await reader.older(CONVERSATION);
    expect(shown()).toEqual(ids(51, 300));
    server.log = range(1, 302);
    server.edits = [editAt(301, messageAt(60)), editAt(302, messageAt(299))];
    const contentOf = (offset: number) =>
      rows().find((row) => row.kind === 'message' && row.messageId === idAt(offset));
    await reader.newest(CONVERSATION);
    expect(contentOf(299)).toMatchObject({ content: 'edited at 302' });
    expect(contentOf(60)).toMatchObject({ content: messageAt(60).content });
    const before = requests().length;
    store.dispatch(timelinesOutdated());
    const reading = reader.newest(CONVERSATION);
    expect(shown()).toEqual(ids(51, 302));
    await reading;
    expect(shown()).toEqual(ids(1, 302));
    expect(contentOf(60)).toMatchObject({ content: 'edited at 301', editedAt: expect.any(String) });
    expect(requests().length - before).toBe(4);
    await reader.newest(CONVERSATION);
    expect(requests().length - before).toBe(5);
  });

  it('shows what is on disk while it is being read, or can not be', async () => {
    const { api, database, timelines, store, shown, status } = await start(10);
    const before = await start(10);
    await before.reader.newest(CONVERSATION);
    const { timeline } = before.store.getState().messages.byConversation[CONVERSATION]!;
    await database.timelines.put(CONVERSATION, { conversationId: CONVERSATION, timeline, savedAt: 0 });
    api.on('read-history', () => {
      throw problem('history_unavailable');
    });
    timelines.open(CONVERSATION);
    await settle();
    expect(shown()).toEqual(ids(1, 10));
    expect(status()).toMatchObject({ loaded: true, failed: 'history' });
    expect(store.getState().connection.catchingUp.history).toBe(true);
  });

  it('that does not exist is said to be not found, and not asked for again', async () => {
    const { api, reader, status, requests } = await start(1);
    api.on('read-history', () => {
      throw problem('conversation_not_found');
    });
    await reader.newest(CONVERSATION);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(status().failed).toBe('not-found');
    expect(requests()).toHaveLength(1);
  });

  it('is bounded in memory: closed conversations keep their newest end, and live ones are trimmed at the end', async () => {
    const { store, timelines, reader, shown, status } = await start(300);
    await reader.newest(CONVERSATION);
    for (let page = 0; page < 5; page += 1) await reader.older(CONVERSATION);
    expect(shown()).toEqual(ids(1, 300));
    store.dispatch(conversationClosed());
    timelines.close(CONVERSATION);
    expect(shown()).toEqual(ids(201, 300));
    expect(status().hasOlder).toBe(true);
    store.dispatch(conversationOpened(CONVERSATION));
    await reader.older(CONVERSATION);
    expect(shown()).toEqual(ids(151, 300));
  });

  it('is asked now and then whether a push was lost that nobody reported', async () => {
    const { server, store, timelines, reader, hear, requests, shown } = await start(10);
    await reader.newest(CONVERSATION);
    server.log = range(1, 70);
    hear(11, 39);
    hear(41, 70);
    store.dispatch({
      type: 'messages/storedAnnounced',
      payload: { conversationId: CONVERSATION, through: idAt(70) },
    });
    timelines.grown(CONVERSATION);
    timelines.grown(CONVERSATION);
    await settle();
    expect(requests()).toEqual([{ limit: '50' }, { after: idAt(10), limit: '100' }]);
    expect(shown()).toEqual(ids(1, 70));
  });

  it('tells of every message that it brings', async () => {
    const { reader, seen } = await start(3);
    await reader.newest(CONVERSATION);
    expect(seen.map(({ messageId }) => messageId)).toEqual(ids(1, 3));
  });
});
