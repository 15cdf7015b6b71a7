import { beforeEach, describe, expect, it } from 'vitest';
import { LISTENERS_REMEMBERED_MS } from '../../../core/contract/limits.ts';
import { RememberedListeners } from '../../../lambdas/adapters/reading/remembered-listeners.ts';
import { MemoryLiveConnections } from '../../support/doubles/memory-live-connections.ts';

const AUDIENCE = 'conversation#dm:ada:bob';
const connectionOf = (userId: string) => ({ connectionId: `of-${userId}`, userId, sessionId: 'here' });

class CountedConnections extends MemoryLiveConnections {
  reads = 0;
  override listenersOf(...audience: Parameters<MemoryLiveConnections['listenersOf']>) {
    this.reads += 1;
    return super.listenersOf(...audience);
  }
}

describe('who listened a moment ago', () => {
  let now = 0;
  let truth: CountedConnections;
  let listeners: RememberedListeners;
  const recent = async () => (await listeners.recentListenersOf(AUDIENCE)).map(({ userId }) => userId).sort();
  beforeEach(async () => {
    now = 1_000;
    truth = new CountedConnections();
    listeners = new RememberedListeners(truth, () => now);
    await truth.subscribe(connectionOf('ada'), [AUDIENCE]);
  });

  it('is read once, and again when it has been remembered for its time', async () => {
    expect(await recent()).toEqual(['ada']);
    await truth.unsubscribe([{ connectionId: 'of-ada', audience: AUDIENCE }]);
    now += LISTENERS_REMEMBERED_MS / 2 - 1;
    expect(await recent()).toEqual(['ada']);
    expect(truth.reads).toBe(1);
    now += LISTENERS_REMEMBERED_MS / 2 + 1;
    expect(await recent()).toEqual([]);
  });

  it('is read again beside its use, so that nobody waits while a conversation goes on', async () => {
    await recent();
    await truth.subscribe(connectionOf('bob'), [AUDIENCE]);
    now += LISTENERS_REMEMBERED_MS - 1;
    expect(await recent()).toEqual(['ada']);
    await new Promise(setImmediate);
    now += LISTENERS_REMEMBERED_MS - 1;
    expect(await recent()).toEqual(['ada', 'bob']);
  });

  it('counts from when it was asked for: a slow read is no younger than its question', async () => {
    const answers: (() => void)[] = [];
    const slow = new RememberedListeners(
      Object.assign(new MemoryLiveConnections(), {
        listenersOf: () => new Promise((resolve) => answers.push(() => resolve([]))),
      }),
      () => now,
    );
    const first = slow.recentListenersOf(AUDIENCE);
    now += LISTENERS_REMEMBERED_MS;
    answers[0]?.();
    await first;
    void slow.recentListenersOf(AUDIENCE);
    expect(answers).toHaveLength(2);
  });

  it('is not remembered where nothing is posted, so that whoever comes next hears the first message', async () => {
    await listeners.listenersOf(AUDIENCE);
    await truth.subscribe(connectionOf('bob'), [AUDIENCE]);
    expect(await recent()).toEqual(['ada', 'bob']);
  });

  it('is not asked of where it must be known at this moment', async () => {
    await recent();
    await truth.unsubscribe([{ connectionId: 'of-ada', audience: AUDIENCE }]);
    expect(await listeners.listenersOf(AUDIENCE)).toEqual([]);
    expect(await recent()).toEqual([]);
  });
});
