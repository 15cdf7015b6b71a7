import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type SideBarStep, sideBarOf, startSideBar } from '../support/side-bar-world.ts';

/** Small pages, so that a short log has many of them. */
vi.mock('../../../../core/contract/limits.ts', async (original) => ({
  ...(await original<typeof import('../../../../core/contract/limits.ts')>()),
  PAGE_DEFAULT: 3,
  PAGE_MAX: 4,
}));

const room = fc.nat({ max: 3 });
const step: fc.Arbitrary<SideBarStep> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('post' as const), room, own: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('post again' as const), room, of: fc.nat({ max: 9 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('edit' as const), room, of: fc.nat({ max: 9 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('store' as const), room, count: fc.nat({ max: 6 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('read elsewhere' as const),
      room,
      of: fc.oneof(fc.constant(0), fc.nat({ max: 9 })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('join elsewhere' as const, 'leave elsewhere' as const),
      room,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('join' as const, 'leave' as const, 'open' as const, 'close' as const),
      room,
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'deliver' as const,
        'deliver' as const,
        'deliver again' as const,
        'lose' as const,
      ),
      topic: fc.constantFrom('messages' as const, 'signals' as const),
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('connect' as const, 'disconnect' as const, 'look' as const, 'look away' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cassandra' as const), away: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(0, 50, 400, 1_500, 6_000, 12_000),
    }),
  },
);
/** No steps for where the page is known to differ until it reads its list again: copies of older messages that it never heard. */
const steps = fc.array(step, { maxLength: 40 });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Runs the steps and lets everything be well again; gives the side bar of the page, and that of one opened now. */
async function run(interleaving: readonly SideBarStep[], latenciesMs: readonly number[] = [0]) {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const world = await startSideBar(latenciesMs);
  try {
    for (const one of interleaving) await world.take(one);
    await world.recover();
    return { shown: sideBarOf(world.store), fresh: sideBarOf(await world.freshPage()) };
  } finally {
    await world.stop();
  }
}

describe('the list of conversations', () => {
  it('is after its events what a page that is opened now reads, however events, losses, reloads and answers fall', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.array(fc.constantFrom(0, 0, 100, 700, 2_500), { minLength: 1, maxLength: 6 }),
        async (interleaving, latenciesMs) => {
          const { shown, fresh } = await run(interleaving, latenciesMs);
          expect(shown).toEqual(fresh);
        },
      ),
      { numRuns: 500 },
    );
  }, 120_000);

  it('counts a message once that the list counted and whose sender posts it again', async () => {
    const { shown, fresh } = await run([
      { kind: 'post', room: 0, own: false },
      { kind: 'store', room: 0, count: 1 },
      { kind: 'lose', topic: 'messages', count: 1 },
      { kind: 'connect' },
      { kind: 'wait', ms: 400 },
      { kind: 'post again', room: 0, of: 0, unheard: true },
    ]);
    expect(shown).toEqual(fresh);
    expect(shown.channels.map(({ unread }) => unread)).toEqual([1]);
  });

  it('counts a message once that was heard and whose sender posts it again after another', async () => {
    const { shown, fresh } = await run([
      { kind: 'connect' },
      { kind: 'post', room: 0, own: false },
      { kind: 'post', room: 0, own: false },
      { kind: 'deliver', topic: 'messages', count: 2 },
      { kind: 'store', room: 0, count: 2 },
      { kind: 'disconnect' },
      { kind: 'wait', ms: 6_000 },
      { kind: 'connect' },
      { kind: 'post again', room: 0, of: 1 },
    ]);
    expect(shown).toEqual(fresh);
    expect(shown.channels.map(({ unread }) => unread)).toEqual([2]);
  });

  it('counts nothing of what was read before its sender posts it again', async () => {
    const { shown, fresh } = await run([
      { kind: 'connect' },
      { kind: 'post', room: 0, own: false },
      { kind: 'deliver', topic: 'messages', count: 1 },
      { kind: 'read elsewhere', room: 0, of: 0 },
      { kind: 'deliver', topic: 'signals', count: 1 },
      { kind: 'post again', room: 0, of: 0 },
    ]);
    expect(shown).toEqual(fresh);
    expect(shown.channels.map(({ unread }) => unread)).toEqual([0]);
  });

  it('counts what lies above a marker that another device moved into the middle of what the list counted', async () => {
    const post = { kind: 'post', room: 0, own: false } as const;
    const { shown, fresh } = await run([
      ...[post, post, post, post, post],
      { kind: 'store', room: 0, count: 5 },
      { kind: 'deliver', topic: 'messages', count: 5 },
      { kind: 'deliver', topic: 'signals', count: 1 },
      { kind: 'connect' },
      { kind: 'wait', ms: 6_000 },
      { kind: 'read elsewhere', room: 0, of: 2 },
    ]);
    expect(shown).toEqual(fresh);
    expect(shown.channels.map(({ unread }) => unread)).toEqual([2]);
  });

  it('leaves out a channel that was left elsewhere before the page heard that it had joined it', async () => {
    const { shown, fresh } = await run(
      [
        { kind: 'connect' },
        { kind: 'wait', ms: 12_000 },
        { kind: 'join', room: 1 },
        { kind: 'leave elsewhere', room: 1 },
        { kind: 'deliver', topic: 'signals', count: 2 },
        { kind: 'wait', ms: 12_000 },
      ],
      [0, 6_000, 0, 0, 0, 0],
    );
    expect(shown).toEqual(fresh);
    expect(shown.channels.map(({ channel }) => channel?.name)).toEqual(['lobby']);
  });
});
