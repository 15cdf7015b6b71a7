import { randomUUID } from 'node:crypto';
import { SocketClient } from '../../drills/client/socket-client.ts';
import type { Benchmark } from '../benchmark.ts';
import { FastPoster } from '../client/fast-poster.ts';
import { PlainKafka } from '../client/plain-kafka.ts';
import { Arrivals } from '../run/arrivals.ts';
import { compareLatency, quantilesOf } from '../run/compare-latency.ts';
import { rowOfRuns } from '../run/row-of-runs.ts';
import { CONTENT, openRoom } from './room.ts';

const PARTITIONS = 6;

function delivered(people: number, perSecond: number): Benchmark {
  return {
    name: `delivered-${people}`,
    title: `send → delivered to all ${people} people, ${perSecond} posts a second`,
    run: async ({ pingMe, stores, say }) => {
      const room = await openRoom(pingMe.url, { people, conversations: 6 });
      const posters = room.people.map((person) => new FastPoster(person));
      const conversationOf = (turn: number) => room.conversations[turn % room.conversations.length] ?? '';
      const [ours, theirs] = [new Arrivals(), new Arrivals()];
      const sockets: SocketClient[] = [];
      const plain = await PlainKafka.open(stores, PARTITIONS);
      try {
        for (const person of room.people) {
          const socket = await SocketClient.open(person.api);
          socket.onEvent((event) => event.type === 'message.posted' && ours.arrived(event.nonce));
          sockets.push(socket);
        }
        await plain.consume((value) => theirs.arrived(value.slice(0, 36)));
        say('warming up with 1,000 of each, then 5 runs');
        const runs = await compareLatency({
          ours: async (turn) => {
            const nonce = randomUUID();
            const all = ours.expect(nonce, sockets.length);
            await posters[turn % posters.length]?.post(conversationOf(turn), CONTENT, nonce);
            await all;
          },
          theirs: async (turn) => {
            const nonce = randomUUID();
            const one = theirs.expect(nonce, 1);
            await plain.send(conversationOf(turn), [nonce + CONTENT]);
            await one;
          },
          perSecond,
          warmUp: 1_000,
          operations: perSecond * 15,
          runs: 5,
        });
        const common = { beside: 'kafkajs send → consumer', unit: 'ms' } as const;
        const what = `send → delivered to all ${people}`;
        return [
          rowOfRuns({
            ...common,
            what: `${what}, p50`,
            bound: { atMost: 2.5 },
            runs: quantilesOf(runs, 0.5),
          }),
          rowOfRuns({ ...common, what: `${what}, p99`, bound: { atMost: 3 }, runs: quantilesOf(runs, 0.99) }),
        ];
      } finally {
        await Promise.all(sockets.map((socket) => socket.close()));
        await plain.close();
      }
    },
  };
}

export const deliveredToTen = delivered(10, 20);
export const deliveredToFifty = delivered(50, 50);
