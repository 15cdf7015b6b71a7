import { randomUUID } from 'node:crypto';
import { Person } from '../../drills/client/person.ts';
import { endsOf, readTopic } from '../../drills/kafka/read-topic.ts';
import { waitFor } from '../../drills/run/wait-for.ts';
import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import { committedOffsets } from '../client/committed-offsets.ts';
import { fillLog } from '../client/log-filler.ts';
import { rowOfRuns } from '../run/row-of-runs.ts';
import { PlainDriver } from './plain-driver.ts';
import { plainKeyspace } from './plain-keyspace.ts';
import { zipf } from './zipf.ts';

const MESSAGES = 200_000;
const CONVERSATIONS = 5_000;
/** Messages with which both sides warm up. */
const WARM_UP = 20_000;
/** What a batch of the log holds at most, as the event source is declared. */
const LOG_BATCH = 10_000;
const RUNS = 3;

async function fill(context: BenchmarkContext, sender: string, count: number): Promise<void> {
  const conversations = Array.from({ length: CONVERSATIONS }, () => `channel:${randomUUID()}`);
  const draw = zipf(CONVERSATIONS, 1);
  await fillLog(context.stores, context.pingMe.functionSettings.TOPIC_PREFIX ?? '', {
    count,
    conversationOf: () => conversations[draw()] ?? '',
    senderOf: () => sender,
  });
}

/** @returns messages a second, from the start of the function to the commit of its last offset */
async function drain(
  { nodes, stores, pingMe }: BenchmarkContext,
  count: number,
  all: number,
): Promise<number> {
  const prefix = pingMe.functionSettings.TOPIC_PREFIX ?? '';
  const begunAt = performance.now();
  await nodes.start('store');
  await waitFor(
    'the backlog to be stored',
    async () => (await committedOffsets(stores, `${prefix}store-messages`, `${prefix}messages`)) >= all,
    600_000,
    100,
  );
  return (count * 1_000) / (performance.now() - begunAt);
}

export const storeDrain: Benchmark = {
  name: 'store',
  title: `draining ${MESSAGES} messages of ${CONVERSATIONS} conversations (Zipf)`,
  run: async (context) => {
    const { nodes, pingMe, stores, say } = context;
    const prefix = pingMe.functionSettings.TOPIC_PREFIX ?? '';
    const { userId } = await Person.signUp(pingMe.url);
    const keyspace = await plainKeyspace(stores, pingMe.functionSettings.CASSANDRA_KEYSPACE ?? '');
    const driver = await PlainDriver.open(stores, keyspace);
    let drained = 0;
    /** One backlog: ours drains it, and the driver writes the very same records. */
    const round = async (count: number) => {
      await nodes.stop('store');
      const topic = `${prefix}messages`;
      const before = await endsOf(stores.kafka.brokers, topic);
      await fill(context, userId, count);
      drained += count;
      const ours = await drain(context, count, drained);
      const records = await readTopic(stores.kafka.brokers, topic, before);
      const inBatches = await rate(records, async () => {
        for (let start = 0; start < records.length; start += LOG_BATCH)
          await driver.write(records.slice(start, start + LOG_BATCH));
      });
      const grouped = await rate(records, () => driver.write(records));
      return { ours, inBatches, grouped };
    };
    try {
      say(`warming up with ${WARM_UP} messages`);
      await round(WARM_UP);
      const rounds: Awaited<ReturnType<typeof round>>[] = [];
      for (let run = 1; run <= RUNS; run += 1) {
        const measured = await round(MESSAGES);
        say(
          `run ${run} of ${RUNS}: ${JSON.stringify(measured, (_, value) => (typeof value === 'number' ? Math.round(value) : value))}`,
        );
        rounds.push(measured);
      }
      const common = { what: 'messages stored', unit: 'per second' } as const;
      return [
        rowOfRuns({
          ...common,
          beside: 'cassandra-driver, in the batches of the log',
          bound: { atLeast: 0.8 },
          runs: rounds.map(({ ours, inBatches }) => ({ ours, theirs: inBatches })),
        }),
        rowOfRuns({
          ...common,
          beside: 'cassandra-driver, all rows grouped beforehand',
          bound: undefined,
          runs: rounds.map(({ ours, grouped }) => ({ ours, theirs: grouped })),
        }),
      ];
    } finally {
      await driver.close();
    }
  },
};

/** Records a second. */
async function rate(records: readonly unknown[], write: () => Promise<void>): Promise<number> {
  const begunAt = performance.now();
  await write();
  return (records.length * 1_000) / (performance.now() - begunAt);
}
