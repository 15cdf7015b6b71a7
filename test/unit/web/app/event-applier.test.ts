import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationSummary } from '../../../../core/contract/conversations.ts';
import type { PingMeEvent } from '../../../../core/contract/events.ts';
import type { Message } from '../../../../core/contract/messages.ts';
import {
  selectConversation,
  selectDirectMessages,
  selectUnreadCount,
} from '../../../../web/src/app/state/conversations-selectors.ts';
import {
  conversationOpened,
  conversationReceived,
} from '../../../../web/src/app/state/conversations-slice.ts';
import { membersReceived } from '../../../../web/src/app/state/members-slice.ts';
import { selectTimeline } from '../../../../web/src/app/state/messages-selectors.ts';
import { ConversationList } from '../../../../web/src/app/sync/conversation-list.ts';
import { EventApplier } from '../../../../web/src/app/sync/event-applier.ts';
import { HistoryReader } from '../../../../web/src/app/sync/history-reader.ts';
import { OpenTimelines } from '../../../../web/src/app/sync/open-timelines.ts';
import { Outbox } from '../../../../web/src/app/sync/outbox.ts';
import { PeopleLoader } from '../../../../web/src/app/sync/people-loader.ts';
import { ReadMarkers } from '../../../../web/src/app/sync/read-markers.ts';
import { StoredWatch } from '../../../../web/src/app/sync/stored-watch.ts';
import { CONVERSATION, editAt, idAt, messageAt } from '../support/messages.ts';
import { ScriptedApi } from '../support/scripted-call.ts';
import { settle } from '../support/settle.ts';
import { openTab } from '../support/tab.ts';

const direct: ConversationSummary = {
  conversationId: CONVERSATION,
  peer: { userId: 'deanne', firstName: 'Deanne', lastName: 'Kim' },
  joinedAt: '2026-01-01T00:00:00.000Z',
  unreadCount: 0,
};
const channelId = '00000000-0000-4000-8000-000000000001';
const channel: ConversationSummary = {
  conversationId: `channel:${channelId}`,
  channel: {
    channelId,
    conversationId: `channel:${channelId}`,
    name: 'lobby',
    createdAt: '2026-01-01T00:00:00.000Z',
  },
  joinedAt: '2026-01-01T00:00:00.000Z',
  unreadCount: 0,
};

async function start(known: readonly ConversationSummary[] = [direct]) {
  const server = { conversations: [...known] };
  const api = new ScriptedApi()
    .on('list-conversations', () => ({ conversations: server.conversations, catchingUp: false }))
    .on('search-users', () => ({ users: [] }));
  const { context, store, database } = await openTab(api);
  for (const summary of known) store.dispatch(conversationReceived(summary));
  const reader = new HistoryReader(context, () => {});
  const list = new ConversationList(context);
  const outbox = new Outbox(context);
  const live: Message[] = [];
  const revoked: string[] = [];
  const applier = new EventApplier(context, {
    list,
    outbox,
    timelines: new OpenTimelines(context, reader),
    people: new PeopleLoader(context),
    readMarkers: new ReadMarkers(context, () => {}),
    storedWatch: new StoredWatch(context, reader, list),
    onLiveMessages: (messages) => live.push(...messages),
    onRevoked: (userId) => revoked.push(userId),
  });
  const apply = (...events: PingMeEvent[]) => applier.apply(events);
  const posted = (message: Message): PingMeEvent => ({ type: 'message.posted', ...message });
  const states = () =>
    selectTimeline(store.getState(), CONVERSATION).map((row) => row.kind === 'message' && row.state);
  return { api, server, store, database, outbox, apply, posted, live, revoked, states };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a message that is heard', () => {
  it('is shown and counted once however often it comes, and handed on for a notification', async () => {
    const { apply, posted, states, store, live, api } = await start();
    apply(posted(messageAt(2)), posted(messageAt(1)));
    apply(posted(messageAt(2)));
    expect(states()).toEqual(['sent', 'sent']);
    expect(selectUnreadCount(store.getState(), CONVERSATION)).toBe(2);
    expect(live).toEqual([messageAt(2), messageAt(1), messageAt(2)]);
    await vi.advanceTimersByTimeAsync(100);
    expect(api.callsOf('search-users')).toEqual([{ query: { ids: 'deanne' } }]);
  });

  it('is stored when the report comes in the same frame, even before it', async () => {
    const { apply, posted, states } = await start();
    const report: PingMeEvent = {
      type: 'conversation.stored',
      conversationId: CONVERSATION,
      first: idAt(1),
      through: idAt(1),
      count: 1,
    };
    apply(report, posted(messageAt(1)));
    expect(states()).toEqual(['stored']);
  });

  it('stands for the own one in the outbox, from whichever device it was sent', async () => {
    const { apply, posted, outbox, store, database } = await start();
    await outbox.send(CONVERSATION, 'hello');
    const [entry] = outbox.entries;
    apply(posted(messageAt(1, 'deanne', entry?.nonce)));
    expect(Object.keys(store.getState().outbox.byNonce)).toHaveLength(1);
    apply(posted(messageAt(2, 'me', entry?.nonce)));
    await settle();
    expect(store.getState().outbox.byNonce).toEqual({});
    expect(await database.outbox.keys()).toEqual([]);
    expect(selectUnreadCount(store.getState(), CONVERSATION)).toBe(1);
  });

  it('of a conversation that is not known yet brings it into the list, with one read for many', async () => {
    const { apply, posted, server, store, api } = await start([]);
    server.conversations = [{ ...direct, unreadCount: 2 }];
    apply(posted(messageAt(1)));
    apply(posted(messageAt(2)));
    expect(api.callsOf('list-conversations')).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);
    await settle();
    expect(api.callsOf('list-conversations')).toHaveLength(1);
    expect(selectDirectMessages(store.getState())).toHaveLength(1);
    expect(selectUnreadCount(store.getState(), CONVERSATION)).toBe(2);
  });
});

describe('an edit that is heard', () => {
  const edited = (offset: number, message: Message, by = message.sender): PingMeEvent => ({
    type: 'message.edited',
    conversationId: CONVERSATION,
    ...editAt(offset, message, by),
  });
  const contents = (store: Awaited<ReturnType<typeof start>>['store']) =>
    selectTimeline(store.getState(), CONVERSATION).map((row) => row.kind === 'message' && row.content);
  const lastOf = (store: Awaited<ReturnType<typeof start>>['store']) =>
    selectConversation(store.getState(), CONVERSATION)?.lastMessage;

  it('changes the message and the last one of the list, counts as nothing unread, and notifies nobody', async () => {
    const { apply, posted, store, live, api } = await start();
    apply(posted(messageAt(1)), posted(messageAt(2)));
    apply(edited(5, messageAt(2)), edited(4, messageAt(2)), edited(3, messageAt(1)));
    expect(contents(store)).toEqual(['edited at 3', 'edited at 5']);
    expect(lastOf(store)).toMatchObject({ messageId: idAt(2), content: 'edited at 5' });
    expect(selectUnreadCount(store.getState(), CONVERSATION)).toBe(2);
    expect(live).toHaveLength(2);
    apply(posted(messageAt(2)));
    expect(contents(store)).toEqual(['edited at 3', 'edited at 5']);
    expect(lastOf(store)?.edit?.editId).toBe(idAt(5));
    expect(api.callsOf('read-history')).toEqual([]);
  });

  it('by somebody else than the sender, or of what is not known, changes nothing', async () => {
    const { apply, posted, store } = await start();
    apply(posted(messageAt(1)), edited(5, messageAt(1), 'vishu'), edited(6, messageAt(3)));
    apply({ ...edited(7, messageAt(1)), conversationId: channel.conversationId } as PingMeEvent);
    expect(contents(store)).toEqual([messageAt(1).content]);
    expect(store.getState().messages.byConversation[channel.conversationId]).toBeUndefined();
    apply(posted(messageAt(3)));
    expect(contents(store)).toEqual([messageAt(1).content, 'edited at 6']);
  });

  it('gives way to a newer version that the list brings, and stays where the list is older', async () => {
    const { apply, posted, store } = await start();
    apply(posted(messageAt(1)), edited(5, messageAt(1)));
    store.dispatch(conversationReceived({ ...direct, lastMessage: messageAt(1) }));
    expect(lastOf(store)?.content).toBe('edited at 5');
    const { content, edit } = editAt(9, messageAt(1));
    store.dispatch(conversationReceived({ ...direct, lastMessage: { ...messageAt(1), content, edit } }));
    expect(lastOf(store)?.content).toBe('edited at 9');
  });
});

describe('a membership that changes', () => {
  const joined = (more: Partial<Extract<PingMeEvent, { type: 'membership.changed' }>> = {}): PingMeEvent => ({
    type: 'membership.changed',
    conversationId: channel.conversationId,
    userId: 'me',
    change: 'joined',
    conversation: channel,
    ...more,
  });

  it('puts an own conversation into the side bar and takes it out', async () => {
    const { apply, server, store } = await start([]);
    server.conversations = [channel];
    apply(joined());
    expect(selectConversation(store.getState(), channel.conversationId)?.joined).toBe(true);
    server.conversations = [];
    apply(joined({ change: 'left', conversation: undefined }));
    expect(selectConversation(store.getState(), channel.conversationId)).toBeUndefined();
  });

  it('that was left elsewhere stays on the screen to be looked at', async () => {
    const { apply, store } = await start([channel]);
    store.dispatch(conversationOpened(channel.conversationId));
    apply(joined({ change: 'left', conversation: undefined }));
    expect(selectConversation(store.getState(), channel.conversationId)?.joined).toBe(false);
  });

  it('is put right by the list where it came late', async () => {
    const { apply, server, store } = await start([]);
    server.conversations = [];
    apply(joined());
    await vi.advanceTimersByTimeAsync(300);
    await settle();
    expect(selectConversation(store.getState(), channel.conversationId)).toBeUndefined();
  });

  it('of somebody else moves a member, nothing else', async () => {
    const { apply, store, api } = await start([channel]);
    store.dispatch(membersReceived({ channelId, after: undefined, userIds: ['abe', 'me'], next: undefined }));
    const members = () => store.getState().members.byConversation[channel.conversationId]?.userIds;
    apply(joined({ userId: 'deanne', conversation: undefined }));
    expect(members()).toEqual(['abe', 'deanne', 'me']);
    apply(joined({ userId: 'abe', change: 'left', conversation: undefined }));
    expect(members()).toEqual(['deanne', 'me']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(api.callsOf('list-conversations')).toEqual([]);
  });
});

describe('what else is heard', () => {
  it('moves the own read marker as another device moved it, and nobody else’s', async () => {
    const { apply, posted, store } = await start();
    apply(posted(messageAt(1)), posted(messageAt(2)));
    const moved = { type: 'read-marker.moved', conversationId: CONVERSATION, messageId: idAt(2) } as const;
    apply({ ...moved, userId: 'deanne' });
    expect(selectUnreadCount(store.getState(), CONVERSATION)).toBe(2);
    apply({ ...moved, userId: 'me' });
    expect(selectUnreadCount(store.getState(), CONVERSATION)).toBe(0);
  });

  it('ends a session that was revoked', async () => {
    const { apply, revoked } = await start();
    apply({ type: 'session.revoked', userId: 'me' });
    expect(revoked).toEqual(['me']);
  });
});
