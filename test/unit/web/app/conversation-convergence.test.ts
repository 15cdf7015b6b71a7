import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { firstCopies } from '../support/history-server.ts';
import { CONVERSATION } from '../support/messages.ts';
import { settle } from '../support/settle.ts';
import { type PostFate, startWorld } from '../support/world.ts';

/** Small pages, so that a short log has many of them. */
vi.mock('../../../../core/contract/limits.ts', async (original) => ({
  ...(await original<typeof import('../../../../core/contract/limits.ts')>()),
  PAGE_DEFAULT: 3,
  PAGE_MAX: 4,
}));

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('send' as const) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('append' as const),
        sender: fc.constantFrom('deanne', 'vishu'),
        copyOf: fc.option(fc.nat({ max: 20 }), { freq: 3 }),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('push' as const), at: fc.nat({ max: 25 }) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('edit' as const),
        of: fc.nat({ max: 25 }),
        own: fc.boolean(),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('push edit' as const), at: fc.nat({ max: 9 }) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('store' as const), more: fc.nat({ max: 6 }) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('break' as const, 'open' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('focus' as const, 'older' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('history' as const), away: fc.boolean() }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('wait' as const),
        ms: fc.constantFrom(0, 50, 400, 1_500, 6_000),
      }),
    },
  ),
  { maxLength: 30 },
);
const fates = fc.array(fc.constantFrom<PostFate>('confirmed', 'appended, answer lost', 'refused for now'), {
  maxLength: 12,
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const advance = async (ms: number) => {
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
};

/** What must hold at any moment: ascending, and no message twice. */
function expectOneOrder(world: Awaited<ReturnType<typeof startWorld>>) {
  const { timeline } = world.store.getState().messages.byConversation[CONVERSATION] ?? {};
  const messages = timeline?.messages ?? [];
  const ids = messages.map(({ messageId }) => messageId);
  expect(ids).toEqual([...ids].sort());
  expect(new Set(messages.map(({ sender, nonce }) => `${sender} ${nonce}`)).size).toBe(messages.length);
}

describe('a conversation', () => {
  it('ends as the log has it, each message once and as it was last edited, however frames, pages, 202s, retries and reconnects fall', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fates,
        fc.constantFrom(0, 300, 1_200),
        async (interleaving, postFates, latencyMs) => {
          vi.stubGlobal('indexedDB', new IDBFactory());
          const world = await startWorld();
          Object.assign(world.service, { latencyMs, fates: postFates });
          for (let at = 0; at < 5; at += 1) world.append('deanne');
          world.storeThrough(4);
          world.open();
          await settle();
          let written = 0;
          for (const step of interleaving) {
            switch (step.kind) {
              case 'send':
                written += 1;
                await world.runtime.services.outbox.send(CONVERSATION, `own ${written}`);
                break;
              case 'append': {
                const original = step.copyOf === null ? undefined : world.log[step.copyOf % world.log.length];
                world.append(original?.sender ?? step.sender, original?.nonce, original?.content);
                break;
              }
              case 'push':
                world.pushMessage(world.log[step.at % world.log.length]!);
                break;
              case 'edit': {
                const message = world.log[step.of % world.log.length]!;
                world.edit(message, step.own ? message.sender : 'vishu');
                break;
              }
              case 'push edit': {
                const edit = world.edits[step.at % Math.max(1, world.edits.length)];
                if (edit) world.pushEdit(edit);
                break;
              }
              case 'store':
                world.storeThrough(world.service.storedCount + step.more);
                break;
              case 'break':
                world.socket()?.breaks();
                break;
              case 'open':
                if (world.socket()?.readyState === WebSocket.CONNECTING) world.socket()?.opens();
                break;
              case 'focus':
                window.dispatchEvent(new Event('focus'));
                break;
              case 'older':
                void world.runtime.services.history.older(CONVERSATION);
                break;
              case 'history':
                world.service.historyAway = step.away;
                break;
              default:
                await advance(step.ms);
            }
            expectOneOrder(world);
          }

          // Everything is well again: the connection opens, what waits goes out, and the store catches up.
          world.service.historyAway = false;
          world.service.fates = [];
          for (let guard = 0; !world.isHeard() && guard < 60; guard += 1) {
            if (world.socket()?.readyState === WebSocket.CONNECTING) world.socket()?.opens();
            else await advance(1_000);
          }
          await advance(60_000);
          world.storeThrough(world.log.length);
          await advance(30_000);
          // The page reads on until it has all of it: a copy that was heard stands for a first one that was not read yet.
          const expected = () => firstCopies(world.log, world.edits);
          const isWhole = () =>
            String(world.shown()) === String(expected().map(({ messageId }) => messageId)) &&
            String(world.shownContents()) === String(expected().map(({ content }) => content));
          for (let guard = 0; !isWhole() && guard < 100; guard += 1) {
            await advance(1_000);
            await Promise.all([world.runtime.services.history.older(CONVERSATION), advance(latencyMs)]);
          }

          expect(world.shown()).toEqual(expected().map(({ messageId }) => messageId));
          expect(world.shownContents()).toEqual(expected().map(({ content }) => content));
          const own = world.log.filter(({ sender }) => sender === 'me').map(({ content }) => content);
          expect(new Set(own).size).toBe(written);
          expect(world.store.getState().outbox.byNonce).toEqual({});
          await world.runtime.stop();
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);
});
