import type { Benchmark } from '../benchmark.ts';
import { FastPoster } from '../client/fast-poster.ts';
import { PlainKafka } from '../client/plain-kafka.ts';
import { compareLatency, quantilesOf } from '../run/compare-latency.ts';
import { rowOfRuns } from '../run/row-of-runs.ts';
import { CONTENT, openRoom } from './room.ts';

const PARTITIONS = 6;

export const acknowledged: Benchmark = {
  name: 'acknowledged',
  title: 'send → acknowledged, 20 posts a second of 10 people, three brokers',
  run: async ({ pingMe, stores, say }) => {
    const { people, conversations } = await openRoom(pingMe.url, { people: 10, conversations: 6 });
    const posters = people.map((person) => new FastPoster(person));
    const conversationOf = (turn: number) => conversations[turn % conversations.length] ?? '';
    const plain = await PlainKafka.open(stores, PARTITIONS);
    try {
      say('warming up with 1,000 of each, then 5 runs of 300');
      const runs = await compareLatency({
        ours: (turn) =>
          posters[turn % posters.length]?.post(conversationOf(turn), CONTENT) ?? Promise.resolve(),
        theirs: (turn) => plain.send(conversationOf(turn), [CONTENT]),
        perSecond: 20,
        warmUp: 1_000,
        operations: 300,
        runs: 5,
      });
      const common = { beside: 'one awaited kafkajs send', unit: 'ms' } as const;
      return [
        rowOfRuns({
          ...common,
          what: 'send → acknowledged, p50',
          bound: { atMost: 2 },
          runs: quantilesOf(runs, 0.5),
        }),
        rowOfRuns({
          ...common,
          what: 'send → acknowledged, p99',
          bound: { atMost: 3 },
          runs: quantilesOf(runs, 0.99),
        }),
      ];
    } finally {
      await plain.close();
    }
  },
};
