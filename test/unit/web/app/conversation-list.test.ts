import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationSummary } from '../../../../core/contract/conversations.ts';
import { selectCatchingUp } from '../../../../web/src/app/state/connection-selectors.ts';
import {
  selectChannels,
  selectDirectMessages,
  selectListStatus,
  selectNeighbour,
  selectPageTitle,
  selectUnreadCount,
} from '../../../../web/src/app/state/conversations-selectors.ts';
import {
  conversationOpened,
  conversationReceived,
  messagesHeard,
} from '../../../../web/src/app/state/conversations-slice.ts';
import { messagesArrived } from '../../../../web/src/app/state/messages-slice.ts';
import { ConversationList } from '../../../../web/src/app/sync/conversation-list.ts';
import { CONVERSATION, idAt, messageAt } from '../support/messages.ts';
import { problem, ScriptedApi } from '../support/scripted-call.ts';
import { openTab } from '../support/tab.ts';

const deanne = { userId: 'deanne', firstName: 'Deanne', lastName: 'Kim' };
const direct: ConversationSummary = {
  conversationId: CONVERSATION,
  peer: deanne,
  joinedAt: '2026-01-01T00:00:00.000Z',
  lastMessage: messageAt(5),
  readMarker: idAt(3),
  unreadCount: 2,
};

function channel(name: string, digit: string): ConversationSummary {
  const channelId = `00000000-0000-4000-8000-00000000000${digit}`;
  const conversationId = `channel:${channelId}`;
  const joinedAt = '2026-01-01T00:00:00.000Z';
  return {
    conversationId,
    channel: { channelId, conversationId, name, createdAt: joinedAt },
    joinedAt,
    unreadCount: 0,
  };
}

async function start(answers: (() => { conversations: ConversationSummary[]; catchingUp: boolean })[]) {
  const api = new ScriptedApi().on('list-conversations', async () => {
    await Promise.resolve();
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer?.();
  });
  const { context, store } = await openTab(api);
  return { api, store, list: new ConversationList(context) };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => vi.useRealTimers());

describe('the list of conversations', () => {
  it('shows channels by name and direct messages by what was said last', async () => {
    const older = {
      ...direct,
      conversationId: 'dm:abe:me',
      peer: { ...deanne, userId: 'abe' },
      lastMessage: messageAt(1),
    };
    const { store, list } = await start([
      () => ({
        conversations: [older, channel('zebra', '2'), direct, channel('ant', '3')],
        catchingUp: false,
      }),
    ]);
    await list.refresh();
    expect(selectChannels(store.getState()).map((c) => c.channel?.name)).toEqual(['ant', 'zebra']);
    expect(selectDirectMessages(store.getState()).map((c) => c.peerId)).toEqual(['deanne', 'abe']);
    expect(selectUnreadCount(store.getState(), CONVERSATION)).toBe(2);
    expect(selectPageTitle(store.getState())).toBe('(2) Ping Me');
    const [ant, zebra] = selectChannels(store.getState()).map((c) => c.conversationId);
    expect(selectNeighbour(store.getState(), ant ?? '', 1, false)).toBe(zebra);
    expect(selectNeighbour(store.getState(), ant ?? '', 1, true)).toBe(CONVERSATION);
    expect(selectNeighbour(store.getState(), ant ?? '', -1, false)).toBe('dm:abe:me');
  });

  it('keeps what it had where an answer lacks it, and reads again until nothing is catching up', async () => {
    const { lastMessage: _last, readMarker: _marker, unreadCount: _count, ...bare } = direct;
    const { api, store, list } = await start([
      () => ({ conversations: [direct], catchingUp: false }),
      () => ({ conversations: [bare], catchingUp: true }),
      () => ({ conversations: [bare], catchingUp: true }),
      () => ({ conversations: [{ ...direct, unreadCount: 1 }], catchingUp: false }),
    ]);
    await list.refresh();
    await list.refresh();
    expect(selectUnreadCount(store.getState(), CONVERSATION)).toBe(2);
    expect(selectDirectMessages(store.getState())[0]?.lastMessage).toEqual(messageAt(5));
    expect(selectCatchingUp(store.getState())).toBe(true);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(selectCatchingUp(store.getState())).toBe(false);
    expect(selectUnreadCount(store.getState(), CONVERSATION)).toBe(1);
    expect(api.callsOf('list-conversations')).toHaveLength(4);
  });

  it('does not undo a join that was made after it was asked for', async () => {
    const { store, list } = await start([() => ({ conversations: [], catchingUp: false })]);
    const reading = list.refresh();
    store.dispatch(conversationReceived(direct));
    await reading;
    expect(selectDirectMessages(store.getState())).toHaveLength(1);
  });

  it('counts what was heard live and is not stored yet on top of what the server counts', async () => {
    const { store, list } = await start([() => ({ conversations: [direct], catchingUp: false })]);
    const heard = [messageAt(5), messageAt(6), messageAt(7, 'me')];
    store.dispatch(messagesArrived({ conversationId: CONVERSATION, messages: heard }));
    store.dispatch(
      messagesHeard({ conversationId: CONVERSATION, messages: heard, ownId: 'me', attended: true }),
    );
    await list.refresh();
    expect(selectUnreadCount(store.getState(), CONVERSATION)).toBe(3);
  });

  it('draws the line where reading stopped, also when the count comes after the conversation was opened', async () => {
    const { store, list } = await start([() => ({ conversations: [direct], catchingUp: false })]);
    store.dispatch(conversationOpened(CONVERSATION));
    await list.refresh();
    expect(store.getState().conversations.newLine).toBe(idAt(3));
  });

  it('says that it failed only where there is nothing to show, and goes on trying', async () => {
    const { store, list } = await start([
      () => {
        throw problem('membership_unavailable');
      },
      () => ({ conversations: [direct], catchingUp: false }),
    ]);
    const settled = list.settled();
    await list.refresh();
    await settled;
    expect(selectListStatus(store.getState())).toBe('failed');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(selectListStatus(store.getState())).toBe('ready');
  });
});
