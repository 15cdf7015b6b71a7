import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationSummary } from '../../../../core/contract/conversations.ts';
import {
  channelFound,
  conversationOpened,
  conversationReceived,
} from '../../../../web/src/app/state/conversations-slice.ts';
import { draftChanged } from '../../../../web/src/app/state/drafts-slice.ts';
import { pageReceived } from '../../../../web/src/app/state/messages-slice.ts';
import { peopleLearned } from '../../../../web/src/app/state/people-slice.ts';
import { StateKeeper } from '../../../../web/src/app/sync/state-keeper.ts';
import { wipeUser } from '../../../../web/src/app/sync/wipe-user.ts';
import { CONVERSATION, idAt, messageAt } from '../support/messages.ts';
import { ScriptedApi } from '../support/scripted-call.ts';
import { settle } from '../support/settle.ts';
import { Browser, ME, openTab } from '../support/tab.ts';

const deanne = { userId: 'deanne', firstName: 'Deanne', lastName: 'Kim' };
const direct: ConversationSummary = {
  conversationId: CONVERSATION,
  peer: deanne,
  joinedAt: '2026-01-01T00:00:00.000Z',
  lastMessage: messageAt(2),
  readMarker: idAt(1),
  unreadCount: 1,
};
const preview = {
  channelId: '00000000-0000-4000-8000-000000000001',
  conversationId: 'channel:00000000-0000-4000-8000-000000000001',
  name: 'lobby',
  createdAt: '2026-01-01T00:00:00.000Z',
  joined: false,
};

async function visit(browser: Browser, user = ME) {
  const { context, store, database } = await openTab(new ScriptedApi(), browser, user);
  const keeper = new StateKeeper(context, browser.values);
  await keeper.start();
  const read = (conversationId: string, count: number) => {
    const messages = Array.from({ length: count }, (_, at) => ({ ...messageAt(at + 1), conversationId }));
    const page = { messages, storedThrough: idAt(count), catchingUp: false };
    const request = { limit: 500, storedThrough: '' };
    store.dispatch(pageReceived({ conversationId, part: 'newest', request, page }));
  };
  return { context, store, database, keeper, read };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what a reload brings back', () => {
  it('is the list, people, the last place and pages, once they have stood for a moment', async () => {
    const browser = new Browser();
    const before = await visit(browser);
    before.store.dispatch(conversationReceived(direct));
    before.store.dispatch(channelFound(preview));
    before.store.dispatch(peopleLearned([deanne]));
    before.store.dispatch(conversationOpened(CONVERSATION));
    before.read(CONVERSATION, 3);
    await vi.advanceTimersByTimeAsync(999);
    await settle();
    expect(await before.database.snapshots.keys()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await settle();

    const { store, database } = await visit(browser);
    const { conversations, people } = store.getState();
    expect(Object.keys(conversations.byId)).toEqual([CONVERSATION]);
    expect(conversations.byId[CONVERSATION]).toMatchObject({ peerId: 'deanne', lastMessage: messageAt(2) });
    expect([conversations.listStatus, conversations.lastOpenId]).toEqual(['ready', CONVERSATION]);
    expect(people.byId.deanne).toEqual(deanne);
    const cached = await database.timelines.get(CONVERSATION);
    expect(cached?.timeline.messages).toEqual([1, 2, 3].map((offset) => messageAt(offset)));
  });

  it('is a draft as it was at the last key, and nothing of one that was sent', async () => {
    const browser = new Browser();
    const before = await visit(browser);
    before.store.dispatch(draftChanged({ conversationId: CONVERSATION, content: 'half a th' }));
    before.store.dispatch(draftChanged({ conversationId: 'dm:abe:me', content: 'gone' }));
    before.store.dispatch(draftChanged({ conversationId: 'dm:abe:me', content: '' }));
    const { store } = await visit(browser);
    expect(store.getState().drafts.byConversation).toEqual({ [CONVERSATION]: 'half a th' });
  });

  it('is the user’s own: another one in the same browser finds nothing', async () => {
    const browser = new Browser();
    const before = await visit(browser);
    before.store.dispatch(conversationReceived(direct));
    before.store.dispatch(draftChanged({ conversationId: CONVERSATION, content: 'half a thought' }));
    await before.keeper.save();
    const { store } = await visit(browser, { ...ME, userId: 'vishu' });
    expect(store.getState().conversations.byId).toEqual({});
    expect(store.getState().drafts.byConversation).toEqual({});
  });

  it('is bounded: the newest hundred messages of the sixty conversations seen last', async () => {
    const { read, keeper, database } = await visit(new Browser());
    for (let at = 0; at < 62; at += 1) {
      read(`dm:a${at}:me`, at === 61 ? 120 : 1);
      await vi.advanceTimersByTimeAsync(1);
      await keeper.save();
    }
    const kept = await database.timelines.all();
    expect(kept).toHaveLength(60);
    expect(await database.timelines.get('dm:a1:me')).toBeUndefined();
    const longest = await database.timelines.get('dm:a61:me');
    expect(longest?.timeline.messages.map(({ messageId }) => messageId)).toEqual(
      Array.from({ length: 100 }, (_, at) => idAt(at + 21)),
    );
  });

  it('is written only where it changed, and a disk that refuses stops nothing', async () => {
    const { store, database, keeper } = await visit(new Browser());
    const put = vi.spyOn(database.snapshots, 'put').mockRejectedValue(new Error('disk full'));
    store.dispatch(peopleLearned([deanne]));
    await keeper.save();
    await keeper.save();
    expect(put.mock.calls.map(([name]) => name)).toEqual(['people']);
  });
});

describe('signing out', () => {
  async function leftBehind(wiped: 'cached' | 'everything') {
    const browser = new Browser();
    const before = await visit(browser);
    before.store.dispatch(conversationReceived(direct));
    before.store.dispatch(draftChanged({ conversationId: CONVERSATION, content: 'half a thought' }));
    before.read(CONVERSATION, 3);
    const entry = { nonce: 'n', conversationId: CONVERSATION, sender: 'me', content: 'unsent' };
    const unsent = { ...entry, createdAt: 1, attempt: 0, state: 'waiting' as const };
    await before.database.outbox.put('n', unsent);
    await before.keeper.save();
    before.context.scope.end();
    before.database.close();
    await wipeUser(browser.values, ME.userId, wiped);
    const { store, database } = await visit(browser);
    return {
      drafts: Object.values(store.getState().drafts.byConversation),
      unsent: (await database.outbox.all()).map(({ content }) => content),
      cached: [...(await database.timelines.keys()), ...(await database.snapshots.keys())],
    };
  }

  it('leaves nothing', async () => {
    expect(await leftBehind('everything')).toEqual({ drafts: [], unsent: [], cached: [] });
  });

  it('leaves what the user wrote and wants to send later, and nothing of what others wrote', async () => {
    expect(await leftBehind('cached')).toEqual({
      drafts: ['half a thought'],
      unsent: ['unsent'],
      cached: [],
    });
  });
});
