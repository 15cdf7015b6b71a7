import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PingMeEvent } from '../../../../core/contract/events.ts';
import { selectBanner } from '../../../../web/src/app/state/connection-selectors.ts';
import { attentionChanged } from '../../../../web/src/app/state/connection-slice.ts';
import { LiveUpdates } from '../../../../web/src/app/sync/live-updates.ts';
import { ApiError } from '../../../../web/src/lib/api/api-error.ts';
import { fakeSockets } from '../support/fake-socket.ts';
import { messageAt } from '../support/messages.ts';
import { ScriptedApi } from '../support/scripted-call.ts';
import { openTab } from '../support/tab.ts';

type Part = 'up' | 'down';

async function start() {
  const sockets = fakeSockets();
  const service = { cassandra: 'up' as Part, dynamodb: 'up' as Part, answers: true };
  const api = new ScriptedApi().on('read-health', () => {
    if (!service.answers) throw new ApiError({ kind: 'unreachable' });
    return { status: 'ok', parts: { kafka: 'up', cassandra: service.cassandra, dynamodb: service.dynamodb } };
  });
  const { context, store } = await openTab(api);
  const told: string[] = [];
  const heard: PingMeEvent[] = [];
  const live = new LiveUpdates(context, {
    session: { refreshIfDue: async (withinMs) => void told.push(`refresh within ${withinMs}`) },
    onEvents: (events) => heard.push(...events),
    onOpen: () => told.push('open'),
    onHistoryAway: () => told.push('history away'),
  });
  store.dispatch(attentionChanged(true));
  live.start();
  await vi.advanceTimersByTimeAsync(0);
  const asked = () => api.callsOf('read-health').length;
  const opens = () => told.filter((word) => word === 'open').length;
  const banner = () => selectBanner(store.getState());
  return { sockets, service, api, context, store, live, told, heard, asked, opens, banner };
}

const posted = (offset: number, sender = 'deanne'): PingMeEvent => ({
  type: 'message.posted',
  ...messageAt(offset, sender),
});

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('live updates that go away', () => {
  it('are worth a banner only if they stay away, until they are back; and what was missed is read each time', async () => {
    const { sockets, live, opens, banner } = await start();
    expect(live.areMissing).toBe(true);
    sockets[0]?.opens();
    expect([live.areMissing, opens(), banner()]).toEqual([false, 1, null]);

    sockets[0]?.breaks();
    expect(live.areMissing).toBe(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(banner()).toBeNull();
    sockets.at(-1)?.opens();
    await vi.advanceTimersByTimeAsync(5_000);
    expect([opens(), banner()]).toEqual([2, null]);

    sockets.at(-1)?.breaks();
    await vi.advanceTimersByTimeAsync(2_400);
    expect(banner()).toBeNull();
    await vi.advanceTimersByTimeAsync(200);
    expect(banner()).toBe('reconnecting');
    sockets.at(-1)?.opens();
    expect([opens(), banner()]).toEqual([3, null]);
  });

  it('come back with a session that lasts, and with a read that tells why at every fourth refusal', async () => {
    const { sockets, api, told } = await start();
    for (let failures = 1; failures <= 8; failures += 1) {
      sockets.at(-1)?.breaks();
      while (sockets.length === failures) await vi.advanceTimersByTimeAsync(500);
      expect(api.callsOf('read-own-profile')).toHaveLength(Math.floor(failures / 4));
    }
    expect(told).toEqual(Array.from({ length: 9 }, () => 'refresh within 60000'));
  });

  it('end with the user', async () => {
    const { sockets, context } = await start();
    sockets[0]?.opens();
    context.scope.end();
    sockets[0]?.breaks();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sockets).toHaveLength(1);
  });
});

describe('an own message that does not come back', () => {
  it('makes the conversation be read instead, and brings the banner while nobody can hear anything', async () => {
    const { sockets, service, store, live, asked, opens, banner } = await start();
    sockets[0]?.opens();
    service.dynamodb = 'down';
    live.expectEcho('nonce-1');
    await vi.advanceTimersByTimeAsync(4_999);
    expect([live.areMissing, asked()]).toEqual([false, 0]);
    await vi.advanceTimersByTimeAsync(1);
    expect([live.areMissing, asked(), banner()]).toEqual([true, 1, 'reconnecting']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([asked(), banner()]).toEqual([2, 'reconnecting']);
    service.dynamodb = 'up';
    await vi.advanceTimersByTimeAsync(10_000);
    expect([asked(), banner(), opens()]).toEqual([3, null, 2]);
    store.dispatch(attentionChanged(false));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked()).toBe(3);
  });

  it('makes the conversation be read until anything is heard, where nobody knows why', async () => {
    const { sockets, live, banner } = await start();
    sockets[0]?.opens();
    live.expectEcho('nonce-1');
    await vi.advanceTimersByTimeAsync(5_000);
    expect([live.areMissing, banner()]).toEqual([true, null]);
    sockets[0]?.hears(posted(1));
    expect(live.areMissing).toBe(false);
  });

  it('is nothing where it came back in time, or where there was nothing to hear with', async () => {
    const { sockets, live, asked } = await start();
    live.expectEcho('nonce-0');
    sockets[0]?.opens();
    live.expectEcho('nonce-1');
    sockets[0]?.hears(posted(1, 'me'));
    await vi.advanceTimersByTimeAsync(20_000);
    expect([live.areMissing, asked()]).toEqual([false, 0]);
  });

  it('is asked about once at a time, however many there are', async () => {
    const { sockets, service, live, asked } = await start();
    sockets[0]?.opens();
    service.dynamodb = 'down';
    for (const nonce of ['one', 'two', 'three']) live.expectEcho(nonce);
    await vi.advanceTimersByTimeAsync(5_000);
    const first = asked();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(asked() - first).toBe(3);
  });

  it('keeps the banner, and the questions, when a question stays without an answer', async () => {
    const { sockets, service, live, banner } = await start();
    sockets[0]?.opens();
    service.dynamodb = 'down';
    live.expectEcho('nonce-1');
    await vi.advanceTimersByTimeAsync(5_000);
    service.answers = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(banner()).toBe('reconnecting');
    Object.assign(service, { answers: true, dynamodb: 'up' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(banner()).toBeNull();
  });

  it('is forgotten as soon as anything is heard', async () => {
    const { sockets, service, live, heard, banner } = await start();
    sockets[0]?.opens();
    service.dynamodb = 'down';
    live.expectEcho('nonce-1');
    await vi.advanceTimersByTimeAsync(5_000);
    sockets[0]?.hears(posted(7));
    expect([live.areMissing, banner(), heard]).toEqual([false, null, [posted(7)]]);
  });
});

describe('silence', () => {
  it('is asked about where somebody looks, and tells that history is away', async () => {
    const { sockets, service, asked, told } = await start();
    sockets[0]?.opens();
    service.cassandra = 'down';
    await vi.advanceTimersByTimeAsync(30_000);
    expect(asked()).toBe(1);
    expect(told).toContain('history away');
  });

  it('is not asked about where nobody looks, nor after something was heard', async () => {
    const { sockets, store, asked } = await start();
    sockets[0]?.opens();
    await vi.advanceTimersByTimeAsync(20_000);
    sockets[0]?.hears(posted(1));
    await vi.advanceTimersByTimeAsync(10_000);
    store.dispatch(attentionChanged(false));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(asked()).toBe(0);
  });
});
