import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SharedReads } from '../../../lambdas/adapters/reading/shared-reads.ts';

/** A store with one value, whose reads are answered when the test says so, with what it held when they were sent. */
function makeStore() {
  const reads = new SharedReads<number>();
  const underWay: { answer(): void; fail(): void }[] = [];
  let value = 0;
  let sent = 0;
  const ask = () => {
    sent += 1;
    const held = value;
    return new Promise<number>((resolve, reject) => {
      underWay.push({ answer: () => resolve(held), fail: () => reject(new Error('away')) });
    });
  };
  return {
    ask: (key = 'key') => reads.read(key, ask),
    write: (written: number) => {
      value = written;
    },
    /** Answers the oldest read. */
    answer: async () => {
      underWay.shift()?.answer();
      await vi.advanceTimersByTimeAsync(0);
    },
    fail: async () => {
      underWay.shift()?.fail();
      await vi.advanceTimersByTimeAsync(0);
    },
    get sent() {
      return sent;
    },
  };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

describe('reads of the same thing', () => {
  it('are asked at once when they come alone', async () => {
    const store = makeStore();
    for (let round = 1; round <= 3; round += 1) {
      const answer = store.ask();
      expect(store.sent).toBe(round);
      await store.answer();
      await expect(answer).resolves.toBe(0);
    }
  });

  it('share the next one while one is under way, however many they are', async () => {
    const store = makeStore();
    const answers = Array.from({ length: 100 }, () => store.ask());
    expect(store.sent).toBe(1);
    await store.answer();
    expect(store.sent).toBe(2);
    await store.answer();
    await expect(Promise.all(answers)).resolves.toHaveLength(100);
    expect(store.sent).toBe(2);
    void store.ask();
    expect(store.sent).toBe(3);
  });

  it('are never answered by one that was sent before the question', async () => {
    const store = makeStore();
    const first = store.ask();
    store.write(1);
    const second = store.ask();
    await store.answer();
    store.write(2);
    const third = store.ask();
    await store.answer();
    await store.answer();
    await expect(Promise.all([first, second, third])).resolves.toEqual([0, 1, 2]);
  });

  it('do not wait long for one that hangs', async () => {
    const store = makeStore();
    void store.ask();
    const second = store.ask();
    await vi.advanceTimersByTimeAsync(49);
    expect(store.sent).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(store.sent).toBe(2);
    const third = store.ask();
    await store.answer();
    expect(store.sent).toBe(2);
    await store.answer();
    await expect(second).resolves.toBe(0);
    expect(store.sent).toBe(3);
    await store.answer();
    await expect(third).resolves.toBe(0);
  });

  it('fail together, and the one after them does not', async () => {
    const store = makeStore();
    const first = expect(store.ask()).rejects.toThrow('away');
    const shared = [store.ask(), store.ask()].map((answer) => expect(answer).rejects.toThrow('away'));
    const failed = Promise.all([first, ...shared]);
    await store.fail();
    await store.fail();
    await failed;
    const later = store.ask();
    await store.answer();
    await expect(later).resolves.toBe(0);
  });

  it('have nothing to do with reads of other things', async () => {
    const store = makeStore();
    const answers = [store.ask('one'), store.ask('other')];
    expect(store.sent).toBe(2);
    await store.answer();
    await store.answer();
    await expect(Promise.all(answers)).resolves.toEqual([0, 0]);
  });
});
