import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dispatcherFixture, records } from './dispatcher-fixture.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const MEGABYTE = 1024 * 1024;

describe('Dispatcher: batches', () => {
  it('invokes at once, with several partitions where there are more of them than free places', () => {
    const { dispatcher, invocations } = dispatcherFixture({ maximumInvocations: 1 });
    dispatcher.assign([0, 1, 2]);
    dispatcher.push(0, records(5, 6));
    dispatcher.push(1, records(0, 0));
    dispatcher.push(2, records(9, 9));
    expect(invocations.map(({ offsets }) => offsets)).toEqual([{ 0: [5, 6] }]);
    void invocations[0]?.succeed();
    return vi.waitFor(() =>
      expect(invocations.map(({ offsets }) => offsets)).toEqual([{ 0: [5, 6] }, { 1: [0], 2: [9] }]),
    );
  });

  it('never has two invocations for one partition, and as many as allowed for different ones', async () => {
    const { dispatcher, invocations } = dispatcherFixture({ maximumInvocations: 2 });
    dispatcher.assign([0, 1, 2]);
    dispatcher.push(0, records(0, 0));
    dispatcher.push(0, records(1, 1));
    dispatcher.push(1, records(0, 0));
    dispatcher.push(2, records(0, 0));
    expect(invocations.map(({ offsets }) => offsets)).toEqual([{ 0: [0] }, { 1: [0] }]);
    await invocations[1]?.succeed();
    expect(invocations[2]?.offsets).toEqual({ 2: [0] });
    await invocations[0]?.succeed();
    expect(invocations[3]?.offsets).toEqual({ 0: [1] });
  });

  it('ends a batch at the batch size', async () => {
    const { dispatcher, invocations } = dispatcherFixture({ maximumInvocations: 1, batchSize: 3 });
    dispatcher.assign([0]);
    dispatcher.push(0, records(0, 4));
    expect(invocations[0]?.offsets).toEqual({ 0: [0, 1, 2] });
    await invocations[0]?.succeed();
    expect(invocations[1]?.offsets).toEqual({ 0: [3, 4] });
    dispatcher.assign([0, 1, 2]);
    dispatcher.push(1, records(0, 1));
    dispatcher.push(2, records(0, 1));
    await invocations[1]?.succeed();
    expect(invocations[2]?.offsets).toEqual({ 1: [0, 1], 2: [0] });
  });

  it('ends a batch at 6 MB, and still takes one record that is larger by its bound', async () => {
    const { dispatcher, invocations } = dispatcherFixture({ maximumInvocations: 1 });
    dispatcher.assign([0]);
    dispatcher.push(0, records(0, 3, 2.5 * MEGABYTE));
    dispatcher.push(0, records(4, 4, 7 * MEGABYTE));
    expect(invocations[0]?.offsets).toEqual({ 0: [0, 1] });
    await invocations[0]?.succeed();
    expect(invocations[1]?.offsets).toEqual({ 0: [2, 3] });
    await invocations[1]?.succeed();
    expect(invocations[2]?.offsets).toEqual({ 0: [4] });
  });

  it('waits for the window, or until a batch is full', async () => {
    const { dispatcher, invocations } = dispatcherFixture({ windowMilliseconds: 1_000, batchSize: 3 });
    dispatcher.assign([0, 1]);
    dispatcher.push(0, records(0, 0));
    await vi.advanceTimersByTimeAsync(900);
    expect(invocations).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(invocations[0]?.offsets).toEqual({ 0: [0] });
    await invocations[0]?.succeed();
    dispatcher.push(1, records(0, 2));
    expect(invocations[1]?.offsets).toEqual({ 1: [0, 1, 2] });
  });
});

describe('Dispatcher: progress and retries', () => {
  it('lets be committed only what is done', async () => {
    const { dispatcher, invocations, supply } = dispatcherFixture();
    dispatcher.assign([0]);
    dispatcher.push(0, records(5, 7));
    expect(dispatcher.uncommitted()).toEqual([]);
    await invocations[0]?.succeed();
    expect(supply.progress).toHaveBeenCalledOnce();
    expect(dispatcher.uncommitted()).toEqual([{ partition: 0, offset: 8 }]);
    dispatcher.committed([{ partition: 0, offset: 8 }]);
    expect(dispatcher.uncommitted()).toEqual([]);
  });

  it('tries a failed batch again as it was, with growing pauses, while other partitions go on', async () => {
    const { dispatcher, invocations } = dispatcherFixture({
      backoff: { firstMilliseconds: 100, longestMilliseconds: 300 },
    });
    dispatcher.assign([0, 1]);
    dispatcher.push(0, records(0, 1));
    await invocations[0]?.fail();
    dispatcher.push(0, records(2, 2));
    dispatcher.push(1, records(0, 0));
    expect(invocations[1]?.offsets).toEqual({ 1: [0] });
    for (const pause of [100, 200, 300, 300]) {
      const before = invocations.length;
      await vi.advanceTimersByTimeAsync(pause - 5);
      expect(invocations).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(6);
      expect(invocations.at(-1)?.offsets).toEqual({ 0: [0, 1] });
      await invocations.at(-1)?.fail();
    }
    expect(dispatcher.uncommitted()).toEqual([]);
    await vi.advanceTimersByTimeAsync(301);
    await invocations.at(-1)?.succeed();
    expect(invocations.at(-1)?.offsets).toEqual({ 0: [2] });
    expect(dispatcher.uncommitted()).toContainEqual({ partition: 0, offset: 2 });
  });

  it('goes on from the lowest failed offset of each partition; the rest is done', async () => {
    const { dispatcher, invocations } = dispatcherFixture({ maximumInvocations: 1 });
    dispatcher.assign([0, 1, 2]);
    dispatcher.push(2, records(0, 0));
    dispatcher.push(0, records(0, 3));
    dispatcher.push(1, records(0, 1));
    await invocations[0]?.succeed();
    expect(invocations[1]?.offsets).toEqual({ 0: [0, 1, 2, 3], 1: [0, 1] });
    await invocations[1]?.partly([0, 3], [0, 2]);
    expect(dispatcher.uncommitted()).toEqual([
      { partition: 0, offset: 2 },
      { partition: 1, offset: 2 },
      { partition: 2, offset: 1 },
    ]);
    await vi.advanceTimersByTimeAsync(101);
    expect(invocations[2]?.offsets).toEqual({ 0: [2, 3] });
  });

  it('retries when the invocation itself rejects', async () => {
    let calls = 0;
    const { dispatcher } = dispatcherFixture({
      invoke: async () => {
        calls += 1;
        throw new Error('no connection');
      },
    });
    dispatcher.assign([0]);
    dispatcher.push(0, records(0, 0));
    await vi.advanceTimersByTimeAsync(101);
    expect(calls).toBe(2);
  });
});

describe('Dispatcher: rebalances', () => {
  it('keeps what it has when the partition stays, and drops what comes twice', async () => {
    const { dispatcher, invocations } = dispatcherFixture();
    dispatcher.assign([0]);
    dispatcher.push(0, records(0, 1));
    dispatcher.push(0, records(2, 3));
    dispatcher.assign([0]);
    dispatcher.push(0, records(0, 5));
    await invocations[0]?.succeed();
    expect(invocations[1]?.offsets).toEqual({ 0: [2, 3, 4, 5] });
  });

  it('forgets a partition that went to another member, and waits for its invocation should it come back', async () => {
    const { dispatcher, invocations } = dispatcherFixture();
    dispatcher.assign([0, 1]);
    dispatcher.push(0, records(0, 1));
    dispatcher.push(0, records(2, 3));
    dispatcher.assign([1]);
    dispatcher.push(0, records(4, 4));
    dispatcher.assign([0, 1]);
    dispatcher.push(0, records(5, 6));
    expect(invocations).toHaveLength(1);
    await invocations[0]?.succeed();
    expect(invocations[1]?.offsets).toEqual({ 0: [5, 6] });
    expect(dispatcher.uncommitted()).toEqual([]);
  });

  it('begins anew when the log does: a topic that was made again', async () => {
    const { dispatcher, invocations } = dispatcherFixture();
    dispatcher.assign([0]);
    dispatcher.push(0, records(100, 101));
    await invocations[0]?.succeed();
    dispatcher.committed([{ partition: 0, offset: 102 }]);
    dispatcher.push(0, records(0, 1));
    expect(invocations[1]?.offsets).toEqual({ 0: [0, 1] });
    await invocations[1]?.succeed();
    expect(dispatcher.uncommitted()).toEqual([{ partition: 0, offset: 2 }]);
  });
});

describe('Dispatcher: pressure and stop', () => {
  it('pauses a partition that holds enough, and resumes it once there is room', async () => {
    const { dispatcher, invocations, supply } = dispatcherFixture({ batchSize: 1 });
    dispatcher.assign([0]);
    supply.resume.mockClear();
    dispatcher.push(0, records(0, 3, MEGABYTE));
    expect(supply.pause).toHaveBeenCalledExactlyOnceWith(0);
    await invocations[0]?.succeed();
    expect(supply.resume).not.toHaveBeenCalled();
    await invocations[1]?.succeed();
    expect(supply.resume).toHaveBeenCalledExactlyOnceWith(0);
  });

  it('holds no more than so much of all partitions together', () => {
    const { dispatcher, supply } = dispatcherFixture({ maximumInvocations: 1 });
    const partitions = Array.from({ length: 10 }, (_, index) => index);
    dispatcher.assign(partitions);
    for (const partition of partitions) dispatcher.push(partition, records(0, 2, MEGABYTE));
    expect(supply.pause).toHaveBeenCalledTimes(10);
  });

  it('begins nothing after a stop, and waits for what is under way', async () => {
    const { dispatcher, invocations } = dispatcherFixture({ maximumInvocations: 1 });
    dispatcher.assign([0]);
    dispatcher.push(0, records(0, 0));
    dispatcher.push(0, records(1, 1));
    let ended = false;
    const stopped = dispatcher.stop().then(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toBe(false);
    await invocations[0]?.succeed();
    await stopped;
    expect(invocations).toHaveLength(1);
    expect(dispatcher.uncommitted()).toEqual([{ partition: 0, offset: 1 }]);
  });
});
