import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { attentionChanged } from '../../../../web/src/app/state/connection-slice.ts';
import { selectNewLine, selectUnreadCount } from '../../../../web/src/app/state/conversations-selectors.ts';
import {
  conversationOpened,
  conversationReceived,
  messagesHeard,
  timelineAtEnd,
} from '../../../../web/src/app/state/conversations-slice.ts';
import { messagesArrived } from '../../../../web/src/app/state/messages-slice.ts';
import { ReadMarkers } from '../../../../web/src/app/sync/read-markers.ts';
import { CONVERSATION, idAt, messageAt } from '../support/messages.ts';
import { problem, ScriptedApi } from '../support/scripted-call.ts';
import { settle } from '../support/settle.ts';
import { openTab } from '../support/tab.ts';

/** A tab with two unread messages, 4 and 5, in a conversation read through 3. */
async function start(api = new ScriptedApi().on('move-read-marker', () => undefined)) {
  const { context, store } = await openTab(api);
  let noticed = 0;
  const markers = new ReadMarkers(context, () => {
    noticed += 1;
  });
  store.dispatch(
    conversationReceived({
      conversationId: CONVERSATION,
      peer: { userId: 'deanne', firstName: 'Deanne', lastName: 'Kim' },
      joinedAt: '2026-01-01T00:00:00.000Z',
      lastMessage: messageAt(5),
      readMarker: idAt(3),
      unreadCount: 2,
    }),
  );
  const held = [1, 2, 3, 4, 5].map((offset) => messageAt(offset));
  store.dispatch(messagesArrived({ conversationId: CONVERSATION, messages: held }));
  const hear = (offset: number, attended: boolean) => {
    const messages = [messageAt(offset)];
    store.dispatch(messagesArrived({ conversationId: CONVERSATION, messages }));
    store.dispatch(messagesHeard({ conversationId: CONVERSATION, messages, ownId: 'me', attended }));
    markers.readWhatIsShown();
  };
  const look = (attended: boolean, atEnd = true) => {
    store.dispatch(attentionChanged(attended));
    store.dispatch(timelineAtEnd({ conversationId: CONVERSATION, atEnd }));
    markers.readWhatIsShown();
  };
  const unread = () => selectUnreadCount(store.getState(), CONVERSATION);
  const newLine = () => selectNewLine(store.getState(), CONVERSATION);
  const moved = () =>
    api.callsOf('move-read-marker').map(({ body }) => (body as { messageId: string }).messageId);
  return { noticed: () => noticed, store, markers, hear, look, unread, newLine, moved, api, context };
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the read marker', () => {
  it('moves when somebody looks at the end of the conversation, and the line stays where reading began', async () => {
    const { store, look, unread, newLine, moved } = await start();
    store.dispatch(conversationOpened(CONVERSATION));
    expect(newLine()).toBe(idAt(3));
    look(true, false);
    expect(unread()).toBe(2);
    look(true);
    expect(unread()).toBe(0);
    expect(newLine()).toBe(idAt(3));
    await vi.advanceTimersByTimeAsync(1_500);
    expect(moved()).toEqual([idAt(5)]);
  });

  it('stays while nobody looks, and a line is drawn for what comes meanwhile', async () => {
    const { store, look, hear, unread, newLine, moved } = await start();
    store.dispatch(conversationOpened(CONVERSATION));
    look(true);
    await vi.advanceTimersByTimeAsync(1_500);
    look(false);
    hear(6, false);
    hear(7, false);
    expect(unread()).toBe(2);
    expect(newLine()).toBe(idAt(5));
    look(true);
    expect(unread()).toBe(0);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(moved()).toEqual([idAt(5), idAt(7)]);
  });

  it('draws no line under the eyes of the reader, and goes to the server once for many messages', async () => {
    const { store, look, hear, newLine, moved } = await start();
    look(true);
    store.dispatch(conversationOpened(CONVERSATION));
    look(true);
    await vi.advanceTimersByTimeAsync(1_500);
    for (let offset = 6; offset < 16; offset += 1) hear(offset, true);
    expect(newLine()).toBe(idAt(3));
    await vi.advanceTimersByTimeAsync(1_500);
    expect(moved()).toEqual([idAt(5), idAt(15)]);
  });

  it('is kept and delivered later while history is away, which it tells', async () => {
    let away = true;
    const { noticed, markers, unread, moved } = await start(
      new ScriptedApi().on('move-read-marker', () => {
        if (away) throw problem('history_unavailable');
      }),
    );
    markers.move(CONVERSATION, idAt(5));
    await vi.advanceTimersByTimeAsync(1_500);
    expect(unread()).toBe(0);
    expect(noticed()).toBe(1);
    away = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(moved()).toEqual([idAt(5), idAt(5)]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(moved()).toHaveLength(2);
  });

  it('that was not delivered is delivered by the next visit', async () => {
    const first = await start(
      new ScriptedApi().on('move-read-marker', () => {
        throw problem('history_unavailable');
      }),
    );
    first.markers.move(CONVERSATION, idAt(5));
    await settle();
    first.context.scope.end();
    const next = await start();
    await next.markers.restore();
    expect(next.unread()).toBe(0);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(next.moved()).toEqual([idAt(5)]);
  });

  it('moved on another device counts down here', async () => {
    const { markers, unread, moved } = await start();
    markers.heard(CONVERSATION, idAt(4));
    expect(unread()).toBe(1);
    markers.heard(CONVERSATION, idAt(2));
    expect(unread()).toBe(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(moved()).toEqual([]);
  });
});
