import { randomUUID } from 'node:crypto';
import { SocketClient } from '../../drills/client/socket-client.ts';
import { waitFor } from '../../drills/run/wait-for.ts';
import type { Benchmark, Row } from '../benchmark.ts';
import { FastPoster } from '../client/fast-poster.ts';
import { Arrivals } from '../run/arrivals.ts';
import { compareLatency, quantilesOf } from '../run/compare-latency.ts';
import { rowOfRuns } from '../run/row-of-runs.ts';
import { CONTENT, openRoom } from './room.ts';

/**
 * Measured once under these loads on two cores of the same kind, and not run here. ejabberd: XMPP, archive in one
 * PostgreSQL that is synced to disk before the acknowledgement, no replica. Synapse: Matrix, one PostgreSQL.
 */
const EJABBERD = {
  name: 'ejabberd, a fixed figure from another run',
  milliseconds: { p50: 1.9, p99: 3.8 },
  postsPerSecond: { 10: 1_408, 50: 747 },
} as const;
const SYNAPSE = {
  name: 'Synapse, a fixed figure from another run',
  milliseconds: { p50: 311, p99: 458 },
  postsPerSecond: { 10: 29 },
} as const;

const SENDERS = 8;
const CROWDS = [10, 50] as const;
/** Accounts that the senders take turns with: one person may post 60 times a second. Who listens is among them. */
const PEOPLE = 64;
const WARM_UP = 1_000;
const RUNS = 3;
const SECONDS_EACH = 8;
const DELIVERED_WITHIN_MS = 60_000;

/** Members of one channel who listen. */
class Listeners {
  readonly arrivals = new Arrivals();
  delivered = 0;
  readonly #sockets: SocketClient[] = [];

  add(socket: SocketClient): void {
    this.#sockets.push(socket);
    socket.onEvent((event) => {
      // Nobody looks at them again, and they are many.
      socket.events.length = 0;
      if (event.type !== 'message.posted') return;
      this.delivered += 1;
      this.arrivals.arrived(event.nonce);
    });
  }

  get count(): number {
    return this.#sockets.length;
  }

  async close(): Promise<void> {
    await Promise.all(this.#sockets.map((socket) => socket.close()));
  }
}

export const chatServerScale: Benchmark = {
  name: 'chat-server-scale',
  title: 'the loads that other chat servers were measured under, beside their figures of then',
  run: async ({ pingMe, say }) => {
    const room = await openRoom(pingMe.url, { people: PEOPLE, conversations: 1 });
    const [conversationId = ''] = room.conversations;
    const posters = room.people.map((person) => new FastPoster(person));
    const post = (turn: number, nonce: string = randomUUID()) =>
      posters[turn % posters.length]?.post(conversationId, CONTENT, nonce) ?? Promise.resolve();
    const listeners = new Listeners();
    const listen = async (count: number) => {
      for (const person of room.people.slice(listeners.count, count))
        listeners.add(await SocketClient.open(person.api));
    };
    const rows: Row[] = [];
    try {
      await listen(CROWDS[0]);
      say('warming up with 1,000, then 3 runs of 300 at 20 a second');
      const latencies = await compareLatency({
        ours: async (turn) => {
          const nonce = randomUUID();
          const all = listeners.arrivals.expect(nonce, listeners.count);
          await post(turn, nonce);
          await all;
        },
        // The other side is not on this machine.
        theirs: async () => undefined,
        perSecond: 20,
        warmUp: WARM_UP,
        operations: 300,
        runs: RUNS,
      });
      for (const [quantile, share] of [
        ['p50', 0.5],
        ['p99', 0.99],
      ] as const) {
        const ours = quantilesOf(latencies, share).map((run) => run.ours);
        for (const { name, milliseconds } of [EJABBERD, SYNAPSE])
          rows.push(
            besideFixed(
              `send → delivered to all 10, 20 a second, ${quantile}`,
              'ms',
              ours,
              milliseconds[quantile],
              name,
            ),
          );
      }
      for (const members of CROWDS) {
        await listen(members);
        say(`${SENDERS} senders in a closed loop, ${members} members: ${RUNS} runs of ${SECONDS_EACH} s`);
        const rates: number[] = [];
        for (let run = 0; run < RUNS; run += 1) rates.push(await closedLoop(post, listeners));
        const what = `posts of ${SENDERS} senders, delivered to all ${members}`;
        rows.push(
          besideFixed(what, 'per second', rates, EJABBERD.postsPerSecond[members], EJABBERD.name),
          ...(members === 10
            ? [besideFixed(what, 'per second', rates, SYNAPSE.postsPerSecond[members], SYNAPSE.name)]
            : []),
          besideFixed(
            `deliveries of ${SENDERS} senders to ${members}`,
            'per second',
            rates.map((rate) => rate * members),
            EJABBERD.postsPerSecond[members] * members,
            EJABBERD.name,
          ),
        );
      }
      return rows;
    } finally {
      await listeners.close();
    }
  },
};

/** @returns posts a second, from the first one to the last delivery of the last one */
async function closedLoop(post: (turn: number) => Promise<unknown>, listeners: Listeners): Promise<number> {
  const deliveredBefore = listeners.delivered;
  const begunAt = performance.now();
  const end = begunAt + SECONDS_EACH * 1_000;
  let posted = 0;
  const sender = async () => {
    while (performance.now() < end) await post(posted++);
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  await waitFor(
    'every member to have every message',
    () => listeners.delivered - deliveredBefore >= posted * listeners.count,
    DELIVERED_WITHIN_MS,
    5,
  );
  return (posted * 1_000) / (performance.now() - begunAt);
}

function besideFixed(
  what: string,
  unit: Row['unit'],
  ours: readonly number[],
  theirs: number,
  beside: string,
): Row {
  const runs = ours.map((measured) => ({ ours: measured, theirs }));
  return rowOfRuns({ what, beside, unit, bound: undefined, runs });
}
