import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { MemoryWatch } from '../../drills/run/memory.ts';
import { quantile } from '../../drills/run/quantile.ts';
import { waitFor } from '../../drills/run/wait-for.ts';
import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import { committedOffsets } from '../client/committed-offsets.ts';
import { FastPoster } from '../client/fast-poster.ts';
import { fillLog } from '../client/log-filler.ts';
import { CONTENT, openRoom } from '../message-path/room.ts';
import { rowOfRuns } from '../run/row-of-runs.ts';

const BACKLOG = 1_000_000;
const CONVERSATIONS = 5_000;
const POSTS_PER_SECOND = 100;
const WATCHED_MS = 20_000;

/** MiB of the process with gateway and functions, once a second, while `during` goes on. */
async function watch(
  { nodes }: BenchmarkContext,
  during: () => Promise<unknown>,
): Promise<readonly number[]> {
  const memory = new MemoryWatch(nodes);
  memory.start();
  await during();
  const series = await memory.stop();
  return series.get('gateway') ?? [];
}

export const backlogMemory: Benchmark = {
  name: 'memory',
  title: `memory of gateway and functions, from no backlog to ${BACKLOG} messages`,
  run: async (context) => {
    const { pingMe, stores, nodes, say } = context;
    const topicPrefix = pingMe.functionSettings.TOPIC_PREFIX ?? '';
    const { people, conversations } = await openRoom(pingMe.url, { people: 10, conversations: 6 });
    const posters = people.map((person) => new FastPoster(person));
    const ended = new AbortController();
    let posted = 0;
    const posting = (async () => {
      while (!ended.signal.aborted) {
        posted += 1;
        await posters[posted % posters.length]?.post(
          conversations[posted % conversations.length] ?? '',
          CONTENT,
        );
        await pause(1_000 / POSTS_PER_SECOND);
      }
    })();
    const fill = (count: number) => {
      const others = Array.from({ length: CONVERSATIONS }, () => `channel:${randomUUID()}`);
      const sender = people[0]?.userId ?? '';
      const conversationOf = (index: number) => others[index % CONVERSATIONS] ?? '';
      return fillLog(stores, topicPrefix, { count, conversationOf, senderOf: () => sender });
    };
    const committed = () =>
      committedOffsets(stores, `${topicPrefix}store-messages`, `${topicPrefix}messages`);
    try {
      say('warming up: posting, and a backlog of 100,000 messages is drained');
      await fill(100_000);
      await waitFor(
        'the first backlog to be stored',
        async () => (await committed()) >= 100_000,
        300_000,
        500,
      );
      const without = await watch(context, () => pause(WATCHED_MS));
      say(`putting ${BACKLOG} messages into the log`);
      await nodes.stop('store');
      const before = await committed();
      await fill(BACKLOG);
      const waiting = await watch(context, () => pause(WATCHED_MS));
      say('draining');
      const draining = await watch(context, async () => {
        await nodes.start('store');
        await waitFor(
          'the backlog to be stored',
          async () => (await committed()) >= before + BACKLOG,
          1_800_000,
          500,
        );
      });
      const median = (values: readonly number[]) => quantile(values, 0.5);
      const common = { beside: 'itself without a backlog', unit: 'MiB', bound: { atMost: 1.1 } } as const;
      return [
        rowOfRuns({
          ...common,
          what: 'resident memory, while the backlog waits',
          runs: [{ ours: median(waiting), theirs: median(without) }],
        }),
        rowOfRuns({
          ...common,
          what: 'resident memory, while it drains',
          runs: [{ ours: median(draining), theirs: median(without) }],
        }),
      ];
    } finally {
      ended.abort();
      await posting;
    }
  },
};
