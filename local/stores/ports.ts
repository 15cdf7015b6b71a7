import { createServer, type Server } from 'node:net';
import { OperatorError } from '../processes/operator-error.ts';

/** Below every system's range for outgoing connections (Linux 32768–60999, macOS 49152–65535), above the well-known ones. */
const FIRST_PORT = 10_240;
const END_OF_PORTS = 32_768;

/** Ports of one run lie together in a block; 19 of the 32 are used with three brokers. */
const BLOCK_SIZE = 32;
const ATTEMPTS = 100;

const LOOPBACK = '127.0.0.1';

/** Ports of one broker. `proxied` is its second listener, `proxy` the port that this listener tells clients to use. */
export interface BrokerPorts {
  client: number;
  controller: number;
  proxied: number;
  proxy: number;
}

/** Every port of a run. Cassandra's native and storage port are the same on all its addresses; everything else is 127.0.0.1. */
export interface StorePorts {
  /** Held by the owning process for as long as the run lasts, so that two runs never take the same block. */
  sentinel: number;
  dynamodb: number;
  cassandra: { native: number; storage: number; jmx: number[] };
  kafka: BrokerPorts[];
}

/** Where a run's block begins. The storage port may lie outside it: it is part of the nodes' identity and never moves. */
export interface PortChoice {
  base: number;
  storage: number;
}

/** The ports that follow from a choice, for 1 or 3 brokers and nodes. */
export function portsOf({ base, storage }: PortChoice, nodeCount: number): StorePorts {
  const nodes = Array.from({ length: nodeCount }, (_, index) => index);
  return {
    sentinel: base,
    dynamodb: base + 1,
    cassandra: { native: base + 2, storage, jmx: nodes.map((index) => base + 4 + index) },
    kafka: nodes.map((index) => {
      const first = base + 7 + index * 4;
      return { client: first, controller: first + 1, proxied: first + 2, proxy: first + 3 };
    }),
  };
}

/** A choice of ports that are free now, and the hold on its sentinel. */
export interface ReservedPorts {
  choice: PortChoice;
  release(): Promise<void>;
}

/**
 * Takes the block that was used before if it is still free, else another one; the storage port of existing nodes stays.
 *
 * @param addresses the Cassandra nodes' addresses
 * @param before the choice of the last run in this data directory, if there was one
 * @throws OperatorError when the storage port of existing nodes is taken, or no block is free
 */
export async function reservePorts(
  addresses: readonly string[],
  before: PortChoice | undefined,
): Promise<ReservedPorts> {
  if (before !== undefined) await assertStoragePortFree(addresses, before.storage);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const base = attempt === 0 && before !== undefined ? before.base : randomBase();
    const choice = { base, storage: before?.storage ?? base + 3 };
    const reserved = await reserve(choice, addresses);
    if (reserved !== undefined) return reserved;
  }
  throw new OperatorError(
    `No ${BLOCK_SIZE} neighbouring ports between ${FIRST_PORT} and ${END_OF_PORTS - 1} are free: stop what listens there.`,
  );
}

/** Whether something could listen there now. */
export async function isPortFree(host: string, port: number): Promise<boolean> {
  const server = await listen(host, port);
  if (server === undefined) return false;
  await close(server);
  return true;
}

async function assertStoragePortFree(addresses: readonly string[], storage: number): Promise<void> {
  for (const address of addresses) {
    if (await isPortFree(address, storage)) continue;
    throw new OperatorError(
      `Port ${storage} on ${address}, which the Cassandra nodes of this data directory use among themselves, is taken: ` +
        'stop what listens there, or wipe the data with npm run reset.',
    );
  }
}

async function reserve(choice: PortChoice, addresses: readonly string[]): Promise<ReservedPorts | undefined> {
  const sentinel = await listen(LOOPBACK, choice.base);
  if (sentinel === undefined) return undefined;
  const ports = portsOf(choice, addresses.length);
  const wanted = [
    ...[ports.dynamodb, ...ports.cassandra.jmx].map((port) => ({ host: LOOPBACK, port })),
    ...ports.kafka
      .flatMap((broker) => Object.values<number>({ ...broker }))
      .map((port) => ({ host: LOOPBACK, port })),
    ...addresses.flatMap((host) => [
      { host, port: ports.cassandra.native },
      { host, port: ports.cassandra.storage },
    ]),
  ];
  const free = await Promise.all(wanted.map(({ host, port }) => isPortFree(host, port)));
  if (!free.every(Boolean)) {
    await close(sentinel);
    return undefined;
  }
  sentinel.unref();
  return { choice, release: () => close(sentinel) };
}

function randomBase(): number {
  const blocks = (END_OF_PORTS - FIRST_PORT) / BLOCK_SIZE;
  return FIRST_PORT + Math.floor(Math.random() * blocks) * BLOCK_SIZE;
}

function listen(host: string, port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(undefined));
    server.listen({ host, port, exclusive: true }, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
