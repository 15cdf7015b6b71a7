import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PONG_FRAME } from '../../../../core/contract/events.ts';
import { SOCKET_MAX_AGE_MS, SOCKET_PING_INTERVAL_MS } from '../../../../core/contract/limits.ts';
import { LiveSocket } from '../../../../web/src/lib/socket/live-socket.ts';
import { FakeSocket } from '../support/fake-socket.ts';
import { CONVERSATION, idAt } from '../support/messages.ts';

function start(random = 1) {
  const sockets: FakeSocket[] = [];
  const statuses: string[] = [];
  const heard: string[] = [];
  const failures: number[] = [];
  const live = new LiveSocket({
    connect: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    prepare: async (count) => void failures.push(count),
    onStatus: (status) => statuses.push(status),
    onEvents: (events) => heard.push(...events.map(({ type }) => type)),
    random: () => random,
  });
  live.start();
  return { live, sockets, statuses, heard, failures, last: () => sockets.at(-1)! };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => vi.useRealTimers());

describe('the live connection', () => {
  it('comes back with exponential backoff and full jitter, at most half a minute apart', async () => {
    const { sockets, last, failures } = start(1);
    await vi.advanceTimersByTimeAsync(0);
    const waits: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      const before = sockets.length;
      last().breaks();
      let waited = 0;
      for (; sockets.length === before; waited += 500) await vi.advanceTimersByTimeAsync(500);
      waits.push(waited);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(failures).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);

    const eager = start(0);
    await vi.advanceTimersByTimeAsync(0);
    eager.last().breaks();
    await vi.advanceTimersByTimeAsync(0);
    expect(eager.sockets).toHaveLength(2);
  });

  it('says how it stands', async () => {
    const { statuses, last } = start();
    await vi.advanceTimersByTimeAsync(0);
    last().opens();
    last().breaks();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(statuses).toEqual(['connecting', 'open', 'away', 'connecting']);
  });

  it('gives up a connection that does not open', async () => {
    const { statuses } = start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(statuses).toEqual(['connecting', 'away']);
  });

  it('pings, and takes silence for the end', async () => {
    const { statuses, last } = start();
    await vi.advanceTimersByTimeAsync(0);
    const socket = last();
    socket.opens();
    await vi.advanceTimersByTimeAsync(SOCKET_PING_INTERVAL_MS);
    expect(socket.sent).toEqual(['{"type":"ping"}']);
    socket.says(PONG_FRAME);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(statuses).toEqual(['connecting', 'open']);
    await vi.advanceTimersByTimeAsync(SOCKET_PING_INTERVAL_MS);
    expect(statuses.slice(0, 3)).toEqual(['connecting', 'open', 'away']);
  });

  it('replaces itself before the age limit, opening the new one before closing the old', async () => {
    const { sockets, statuses } = start(1);
    await vi.advanceTimersByTimeAsync(0);
    const old = sockets[0]!;
    old.opens();
    // Spread by ten minutes at most, so the last ping before it comes 96 minutes in.
    for (let at = 0; at < 96 * 60_000; at += SOCKET_PING_INTERVAL_MS) {
      await vi.advanceTimersByTimeAsync(SOCKET_PING_INTERVAL_MS);
      old.says(PONG_FRAME);
    }
    await vi.advanceTimersByTimeAsync(SOCKET_MAX_AGE_MS - 10 * 60_000 - 96 * 60_000 - 1);
    expect(sockets).toHaveLength(1);
    old.says(PONG_FRAME);
    await vi.advanceTimersByTimeAsync(1);
    expect(sockets).toHaveLength(2);
    expect(old.readyState).toBe(WebSocket.OPEN);
    sockets[1]?.opens();
    expect(old.readyState).toBe(WebSocket.CLOSED);
    expect(statuses).not.toContain('away');
  });

  it('comes back at once when hurried while away, and pings when hurried while open', async () => {
    const { live, sockets, last } = start(1);
    await vi.advanceTimersByTimeAsync(0);
    last().breaks();
    live.hurry();
    await vi.advanceTimersByTimeAsync(0);
    expect(sockets).toHaveLength(2);
    last().opens();
    live.hurry();
    expect(last().sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sockets).toHaveLength(2);
  });

  it('hears known events, and passes over what it does not know', async () => {
    const { heard, last } = start();
    await vi.advanceTimersByTimeAsync(0);
    last().opens();
    const stored = {
      type: 'conversation.stored',
      conversationId: CONVERSATION,
      first: idAt(1),
      through: idAt(2),
      count: 2,
    };
    last().says(JSON.stringify({ events: [{ type: 'moon.rose' }, stored, { ...stored, count: 'two' }] }));
    last().says('not json');
    expect(heard).toEqual(['conversation.stored']);
  });

  it('does nothing after it was stopped', async () => {
    const { live, sockets, statuses } = start();
    await vi.advanceTimersByTimeAsync(0);
    live.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
    expect(sockets[0]?.readyState).toBe(WebSocket.CLOSED);
    expect(statuses).toEqual(['connecting']);
  });
});
