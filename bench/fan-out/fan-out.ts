import { randomUUID } from 'node:crypto';
import { SocketClient } from '../../drills/client/socket-client.ts';
import type { Benchmark } from '../benchmark.ts';
import { FastPoster } from '../client/fast-poster.ts';
import { CONTENT, openRoom } from '../message-path/room.ts';
import { Arrivals } from '../run/arrivals.ts';
import { rowOfRuns } from '../run/row-of-runs.ts';
import { BareSockets } from './bare-sockets.ts';
import { connectionIdsOf } from './connection-ids.ts';
import { postToAll } from './raw-posts.ts';

const PEOPLE = 20;
const SOCKETS = 1_000;
/** Of each side; each is a thousand deliveries. */
const WARM_UP = 5;
const RUNS = 15;

export const fanOut: Benchmark = {
  name: 'fan-out',
  title: `one message to ${SOCKETS} sockets, until the last one has it`,
  run: async ({ pingMe, say }) => {
    const { people, conversations } = await openRoom(pingMe.url, { people: PEOPLE, conversations: 1 });
    const [conversationId = ''] = conversations;
    const [writer] = people;
    if (writer === undefined) throw new Error('Somebody has to write.');
    const arrivals = new Arrivals();
    const sockets: SocketClient[] = [];
    const bare = await BareSockets.open(SOCKETS);
    try {
      for (let index = 0; index < SOCKETS; index += 1) {
        const socket = await SocketClient.open(people[index % PEOPLE]?.api ?? writer.api);
        socket.onEvent((event) => event.type === 'message.posted' && arrivals.arrived(event.nonce));
        sockets.push(socket);
      }
      const connectionIds = await connectionIdsOf(pingMe, conversationId);
      if (connectionIds.length !== SOCKETS) throw new Error(`${connectionIds.length} sockets listen.`);
      const poster = new FastPoster(writer);
      const timed = async (
        send: (nonce: string) => Promise<unknown>,
        expected: Promise<void>,
        nonce: string,
      ) => {
        const begunAt = performance.now();
        await Promise.all([send(nonce), expected]);
        return performance.now() - begunAt;
      };
      const sides = [
        (nonce: string) =>
          timed(() => poster.post(conversationId, CONTENT, nonce), arrivals.expect(nonce, SOCKETS), nonce),
        (nonce: string) =>
          timed(
            () => postToAll(pingMe.connectionsEndpoint, connectionIds, frameOf(conversationId, nonce)),
            arrivals.expect(nonce, SOCKETS),
            nonce,
          ),
        () => bare.deliver(frameOf(conversationId, randomUUID())),
      ];
      say(`warming up, then ${RUNS} runs`);
      const runs: number[][] = [];
      for (let run = 0; run < WARM_UP + RUNS; run += 1) {
        const milliseconds: number[] = [];
        for (const side of sides) milliseconds.push(await side(randomUUID()));
        if (run >= WARM_UP) runs.push(milliseconds);
      }
      const beside = (side: number) => runs.map((run) => ({ ours: run[0] ?? 0, theirs: run[side] ?? 0 }));
      const common = { what: `send → the last of ${SOCKETS} sockets`, unit: 'ms' } as const;
      return [
        rowOfRuns({
          ...common,
          beside: 'raw keep-alive posts to the same gateway, one a connection',
          bound: { atMost: 2 },
          runs: beside(1),
        }),
        rowOfRuns({ ...common, beside: 'bare ws writes', bound: undefined, runs: beside(2) }),
      ];
    } finally {
      await Promise.all(sockets.map((socket) => socket.close()));
      await bare.close();
    }
  },
};

function frameOf(conversationId: string, nonce: string): string {
  return JSON.stringify({
    events: [
      {
        type: 'message.posted',
        messageId: '0'.repeat(26),
        conversationId,
        sender: 'ada',
        nonce,
        content: CONTENT,
        postedAt: new Date().toISOString(),
      },
    ],
  });
}
