import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { connectNodeControl } from '../../../local/processes/control-client.ts';
import { recordsOf, type TopicFixture, textOf, topicFixture } from './topic-fixture.ts';

const { kafka, controlSocket } = inject('stores');
let topic: TopicFixture;

afterEach(() => topic.end());

async function start(partitions = 3): Promise<void> {
  topic = await topicFixture(kafka.brokers, partitions);
}

/** Sends `count` records to each partition, "<partition>:<number>". */
async function sendToAll(partitions: number, count: number, from = 0): Promise<void> {
  const messages = Array.from({ length: count }, (_, index) =>
    Array.from({ length: partitions }, (_unused, partition) => ({
      partition,
      value: `${partition}:${from + index}`,
    })),
  ).flat();
  await topic.producer.send({ topic: topic.topic, messages });
}

/** Collects values by partition, in the order in which they came. */
function collector() {
  const seen: string[][] = [];
  const handle = async (event: Parameters<typeof recordsOf>[0]) => {
    for (const record of recordsOf(event)) {
      seen[record.partition] ??= [];
      seen[record.partition]?.push(textOf(record));
    }
    return undefined;
  };
  return { seen, handle, count: () => seen.flat().length };
}

const inOrder = (partition: number, count: number) =>
  Array.from({ length: count }, (_, n) => `${partition}:${n}`);

describe('an event source on real Kafka', () => {
  it('delivers what was there before and what comes, each record once, in the order of its partition', async () => {
    await start();
    await sendToAll(3, 150);
    const { seen, handle, count } = collector();
    topic.source(handle);
    await vi.waitFor(() => expect(count()).toBe(450), 20_000);
    await sendToAll(3, 50, 150);
    await vi.waitFor(() => expect(count()).toBe(600), 20_000);
    expect(seen).toEqual([0, 1, 2].map((partition) => inOrder(partition, 200)));
  });

  it('commits what is done, so that the next one goes on from there', async () => {
    await start();
    await sendToAll(3, 10);
    const first = collector();
    const source = topic.source(first.handle);
    await vi.waitFor(() => expect(first.count()).toBe(30), 20_000);
    await source.stop();
    expect(await topic.committed()).toEqual([10, 10, 10]);
    await sendToAll(3, 5, 10);
    const second = collector();
    topic.source(second.handle);
    await vi.waitFor(() => expect(second.count()).toBe(15), 20_000);
    expect(second.seen[0]).toEqual(['0:10', '0:11', '0:12', '0:13', '0:14']);
  });

  it('tries a failed batch again without letting anything pass it, and commits none of it before', async () => {
    await start(2);
    const { seen, handle } = collector();
    let refusals = 0;
    topic.source(async (event) => {
      const poisoned = recordsOf(event).some((record) => textOf(record) === '0:3');
      if (poisoned && refusals < 5) {
        refusals += 1;
        throw new Error('not yet');
      }
      return handle(event);
    });
    await sendToAll(2, 3);
    await vi.waitFor(async () => expect(await topic.committed()).toEqual([3, 3]), 20_000);
    await sendToAll(2, 5, 3);
    await vi.waitFor(() => expect(refusals).toBe(5), 20_000);
    await vi.waitFor(() => expect(seen).toEqual([inOrder(0, 8), inOrder(1, 8)]), 20_000);
    await vi.waitFor(async () => expect(await topic.committed()).toEqual([8, 8]), 20_000);
  });

  it('goes on from the lowest failed offset', async () => {
    await start(1);
    const { seen, handle } = collector();
    let refused = false;
    await sendToAll(1, 10);
    topic.source(async (event) => {
      const records = recordsOf(event);
      if (!refused) {
        refused = true;
        await handle({ ...event, records: { x: records.filter(({ offset }) => offset < 4) } });
        return {
          batchItemFailures: [4, 7].map((offset) => ({
            itemIdentifier: { partition: `${topic.topic}-0`, offset },
          })),
        };
      }
      return handle(event);
    });
    await vi.waitFor(async () => expect(await topic.committed()).toEqual([10]), 20_000);
    expect(seen[0]).toEqual(inOrder(0, 10));
  });

  it('stops soon also while an invocation hangs, and does not commit what it holds', async () => {
    await start(2);
    let isHanging = false;
    const source = topic.source((event) => {
      if (!recordsOf(event).some(({ partition }) => partition === 1)) return Promise.resolve();
      isHanging = true;
      return new Promise(() => undefined);
    });
    await sendToAll(2, 3);
    await vi.waitFor(() => expect(isHanging).toBe(true), 20_000);
    const begun = performance.now();
    await source.stop();
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect((await topic.committed())[1]).toBe(-1);
  });

  it('shares the partitions with a second one, and takes them back', async () => {
    await start(4);
    const first = collector();
    const second = collector();
    topic.source(first.handle);
    const other = topic.source(second.handle);
    let sent = 0;
    await vi.waitFor(async () => {
      await sendToAll(4, 1, sent);
      sent += 1;
      expect(second.count()).toBeGreaterThan(0);
      expect(first.count()).toBeGreaterThan(0);
    }, 30_000);
    await other.stop();
    await sendToAll(4, 5, sent);
    sent += 5;
    const all = () => new Set([...first.seen.flat(), ...second.seen.flat()]).size;
    await vi.waitFor(() => expect(all()).toBe(4 * sent), 30_000);
  });

  it('loses nothing when a broker is killed and comes back', async () => {
    await start(3);
    const nodes = connectNodeControl(controlSocket);
    const { seen, handle, count } = collector();
    topic.source(handle);
    await sendToAll(3, 20);
    await vi.waitFor(() => expect(count()).toBe(60), 20_000);
    await nodes.kill('kafka', 1);
    try {
      await sendToAll(3, 20, 20);
      await vi.waitFor(() => expect(new Set(seen.flat()).size).toBe(120), 40_000);
    } finally {
      await nodes.start('kafka', 1);
      await nodes.waitUntilReady('kafka', 1, 60_000);
    }
    await sendToAll(3, 20, 40);
    await vi.waitFor(() => expect(new Set(seen.flat()).size).toBe(180), 40_000);
    for (const [partition, values] of seen.entries()) {
      expect([...new Set(values)]).toEqual(inOrder(partition, 60));
    }
  });
});
