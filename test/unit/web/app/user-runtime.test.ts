import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { selectBanner } from '../../../../web/src/app/state/connection-selectors.ts';
import { idAt } from '../support/messages.ts';
import { settle } from '../support/settle.ts';
import { startWorld } from '../support/world.ts';

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => idAt(from + at));
const advance = async (ms: number) => {
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
};

let chance: number;
let world: Awaited<ReturnType<typeof startWorld>>;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  chance = 0.5;
  world = await startWorld({ random: () => chance });
  for (let at = 0; at < 5; at += 1) world.append('deanne');
  world.storeThrough(5);
});
afterEach(async () => {
  await world.runtime.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The conversation is on the screen, the connection is open, and everything has been read. */
async function settled() {
  world.open();
  world.socket()?.opens();
  await advance(100);
  world.api.calls.length = 0;
}
const reads = () => world.api.callsOf('read-history').length;

describe('a page that starts', () => {
  it('shows what is heard while it reads, once, among what it reads', async () => {
    world.service.latencyMs = 500;
    world.open();
    world.socket()?.opens();
    const sixth = world.append('deanne');
    world.pushMessage(sixth);
    world.pushMessage(sixth);
    await advance(400);
    expect(world.shown()).toEqual([idAt(6)]);
    await advance(2_000);
    expect(world.shown()).toEqual(ids(1, 6));
  });

  it('reads again what it was reading when the connection opened: that answer is older', async () => {
    world.service.latencyMs = 500;
    world.open();
    await advance(100);
    world.append('deanne');
    world.storeThrough(6);
    world.socket()?.opens();
    await advance(2_000);
    expect(world.shown()).toEqual(ids(1, 6));
  });

  it('reads without a connection where none opens soon', async () => {
    world.open();
    await advance(1_500);
    expect(world.shown()).toEqual(ids(1, 5));
    expect(world.api.callsOf('list-conversations').length).toBeGreaterThan(0);
  });
});

describe('a page that runs', () => {
  it('polls while the connection is away, and stops when it is back', async () => {
    await settled();
    world.socket()?.breaks();
    world.append('deanne');
    world.storeThrough(6);
    await advance(8_500);
    expect(world.shown()).toEqual(ids(1, 6));
    world.socket()?.opens();
    await advance(100);
    world.api.calls.length = 0;
    await advance(25_000);
    expect(reads()).toBe(0);
  });

  it('notices within seconds that the network is gone, and says so', async () => {
    await settled();
    vi.spyOn(world.socket()!, 'send').mockImplementation(() => {});
    window.dispatchEvent(new Event('offline'));
    await advance(9_000);
    expect(selectBanner(world.store.getState())).toBe('reconnecting');
  });

  it.each([
    [0, 1_000],
    [1, 3_000],
  ])(
    'fills a gap that was reported stored once, after 1 to 3 s (chance %i: %i ms)',
    async (random, delayMs) => {
      await settled();
      chance = random;
      for (let at = 0; at < 4; at += 1) world.append('deanne');
      world.storeThrough(7);
      world.storeThrough(9);
      await advance(delayMs - 1);
      expect(reads()).toBe(0);
      await advance(1);
      expect(reads()).toBe(1);
      expect(world.shown()).toEqual(ids(1, 9));
    },
  );

  it('reads again when somebody comes back to it, not each time within ten seconds', async () => {
    await settled();
    await advance(10_001);
    world.append('deanne');
    world.service.storedCount = 6;
    window.dispatchEvent(new Event('focus'));
    await advance(100);
    expect(world.shown()).toEqual(ids(1, 6));
    expect([reads(), world.api.callsOf('list-conversations').length]).toEqual([1, 1]);
    window.dispatchEvent(new Event('focus'));
    await advance(100);
    expect(reads()).toBe(1);
  });

  it('sends what was written while nothing answered, once, and shows it in one place all the while', async () => {
    await settled();
    world.service.fates = ['refused for now', 'appended, answer lost', 'confirmed'];
    await world.runtime.services.outbox.send('dm:deanne:me', 'hello');
    await advance(100);
    expect(world.shown()).toEqual([...ids(1, 5), 'waiting']);
    await advance(10_000);
    const attempts = world.api
      .callsOf('post-message')
      .map(({ body }) => (body as { attempt: number }).attempt);
    expect(attempts).toEqual([0, 1, 2]);
    expect(world.log.map(({ content }) => content).filter((content) => content === 'hello')).toHaveLength(2);
    world.storeThrough(world.log.length);
    await advance(5_000);
    expect(world.shown()).toEqual(ids(1, 6));
    expect(world.store.getState().outbox.byNonce).toEqual({});
  });

  it('is quiet after the user has gone', async () => {
    await settled();
    await world.runtime.stop();
    world.socket()?.breaks();
    window.dispatchEvent(new Event('focus'));
    await advance(120_000);
    expect(world.api.calls).toEqual([]);
    expect(world.sockets).toHaveLength(1);
  });
});
