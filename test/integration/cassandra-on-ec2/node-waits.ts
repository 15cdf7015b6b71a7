import { setTimeout as pause } from 'node:timers/promises';
import { auth } from 'cassandra-driver';
import { onTestFinished } from 'vitest';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { CassandraNodes } from '../../../lambdas/adapters/cassandra/cassandra-nodes.ts';
import { awaitNodes } from '../../../lambdas/application/operations/await-nodes.ts';
import type { MemorySecrets } from '../../support/doubles/memory-secrets.ts';
import { CLUSTER, type DeployedCluster } from './deployed-cluster.ts';
import { connectionTo } from './set-up-cluster.ts';

const IN_TIME_MILLISECONDS = 120_000;
/** More often than nodes have to answer in a row. */
const OFTEN_ENOUGH = 8;

/** The nodes as the function sees them that waits for them, with the role of the functions. */
export function nodesOf(cluster: DeployedCluster, secrets: MemorySecrets): CassandraNodes {
  const { security, ...options } = connectionTo(cluster);
  return new CassandraNodes({
    ...options,
    keyspace: CLUSTER.keyspace,
    tls: async () => (await security?.())?.sslOptions,
    security: async () => {
      const { username, password } = JSON.parse((await secrets.read('application')) ?? '');
      return { ...(await security?.()), authProvider: new auth.PlainTextAuthProvider(username, password) };
    },
  });
}

/** Waits as the function does, but for its long pauses. */
export class NodeWait {
  #asked = 0;
  #isOver = false;
  #isDone = false;
  readonly #end: Promise<void>;

  constructor(
    cluster: DeployedCluster,
    secrets: MemorySecrets,
    awaited: readonly number[],
    { hasRoles = true } = {},
  ) {
    const wait = awaitNodes(
      {
        nodes: nodesOf(cluster, secrets),
        pause: async () => {
          this.#asked += 1;
          await pause(250);
        },
        mayGoOn: () => !this.#isOver,
      },
      {
        awaited: awaited.map((number) => cluster.addresses[number - 1] ?? ''),
        all: cluster.addresses,
        hasRoles,
      },
    );
    this.#end = wait.then(() => {
      this.#isDone = true;
    });
    this.#end.catch(() => undefined);
  }

  /** Resolves once the nodes were up. */
  async done(): Promise<void> {
    const timer = setTimeout(() => this.giveUp(), IN_TIME_MILLISECONDS);
    await this.#end.finally(() => clearTimeout(timer));
  }

  /** Resolves once it has asked often enough to go on, had the nodes been up; true if it still waits. */
  async goesOnWaiting(): Promise<boolean> {
    await waitFor('the nodes to be asked again', () => this.#isDone || this.#asked >= OFTEN_ENOUGH);
    return !this.#isDone;
  }

  giveUp(): void {
    this.#isOver = true;
  }
}

/** A wait that ends with the test. */
export function awaitUp(cluster: DeployedCluster, secrets: MemorySecrets, ...awaited: number[]): NodeWait {
  const wait = new NodeWait(cluster, secrets, awaited);
  onTestFinished(() => wait.giveUp());
  return wait;
}

/** What a deployment does that makes the nodes: it goes on to the next once those before are up. */
export async function bootOneByOne(cluster: DeployedCluster, secrets: MemorySecrets): Promise<void> {
  const booted: number[] = [];
  for (const number of [1, 2, 3]) {
    await cluster.boot(number);
    booted.push(number);
    await new NodeWait(cluster, secrets, booted, { hasRoles: false }).done();
  }
}
