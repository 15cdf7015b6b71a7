import { resolve } from 'node:path';
import type { Benchmark } from '../benchmark.ts';
import { allConsumed } from '../client/all-consumed.ts';
import { FastPoster } from '../client/fast-poster.ts';
import { PlainKafka } from '../client/plain-kafka.ts';
import { compareThroughput } from '../run/compare-throughput.ts';
import { rowOfRuns } from '../run/row-of-runs.ts';
import { EmptyGateway } from './empty-gateway.ts';
import { CONTENT, openRoom } from './room.ts';

const CLIENTS = 64;
const PARTITIONS = 6;
const BATCH = 100;
const BATCHES_AT_ONCE = 4;
/** As many as it takes for each of them to stay below the limit on posts. */
const PEOPLE = 64;

export const throughput: Benchmark = {
  name: 'throughput',
  title: `acknowledged posts a second, ${CLIENTS} clients in a closed loop`,
  run: async (context) => {
    const { pingMe, stores, say } = context;
    const { people, conversations } = await openRoom(pingMe.url, { people: PEOPLE, conversations: 12 });
    const plain = await PlainKafka.open(stores, PARTITIONS);
    const empty = await EmptyGateway.start({ originSecret: 'of nobody', pageDirectory: resolve('web/dist') });
    try {
      const postersTo = (origin: string) => people.map((person) => new FastPoster(person, origin));
      const conversationOf = (turn: number) => conversations[turn % conversations.length] ?? '';
      const postingTo = (origin: string) => {
        const posters = postersTo(origin);
        return {
          clients: CLIENTS,
          operation: async (turn: number) =>
            posters[turn % posters.length]?.post(conversationOf(turn), CONTENT),
        };
      };
      const batch = Array.from({ length: BATCH }, () => CONTENT);
      say('warming up with 2,000 of each, then 3 runs of 8 s each');
      const runs = await compareThroughput({
        sides: [
          { ...postingTo(pingMe.url), settled: () => allConsumed(context) },
          postingTo(empty.origin),
          {
            clients: BATCHES_AT_ONCE,
            weight: BATCH,
            operation: (turn) => plain.send(conversationOf(turn), batch),
          },
        ],
        warmUp: 2_000,
        secondsEach: 8,
        runs: 3,
      });
      const beside = (side: number) =>
        runs.map((rates) => ({ ours: rates[0] ?? 0, theirs: rates[side] ?? 0 }));
      const smaller = runs.map(([ours = 0, ...others]) => ({ ours, theirs: Math.min(...others) }));
      const common = { what: 'acknowledged posts', unit: 'per second', bound: undefined } as const;
      return [
        rowOfRuns({ ...common, beside: 'the smaller of the two', bound: { atLeast: 0.5 }, runs: smaller }),
        rowOfRuns({ ...common, beside: 'the gateway with an empty handler', runs: beside(1) }),
        rowOfRuns({ ...common, beside: `kafkajs, batches of ${BATCH}`, runs: beside(2) }),
      ];
    } finally {
      await empty.close();
      await plain.close();
    }
  },
};
