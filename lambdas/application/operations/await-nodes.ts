import type { DatabaseNodes } from '../ports/database-nodes.ts';

/**
 * One answer may be the last of an instance that is on its way out, or of a node that does not stay: so often in a row is
 * half a minute, at the pause that the function makes.
 */
const TIMES_IN_A_ROW = 4;

export interface NodesWait {
  readonly nodes: DatabaseNodes;
  /** Waits before the nodes are asked again. */
  readonly pause: () => Promise<void>;
  /** False once the time is nearly over. */
  readonly mayGoOn: () => boolean;
}

export interface AwaitedNodes {
  /** Addresses of the nodes that have to be up. None: nothing is awaited. */
  readonly awaited: readonly string[];
  /** Addresses of all nodes. */
  readonly all: readonly string[];
  /** False in a cluster that is only being made: nobody can log in, so an answer has to do. */
  readonly hasRoles: boolean;
}

/**
 * Waits until nodes are up, for clients and for each other, and stay so.
 *
 * @throws {Error} one sentence that names the nodes, when they were not in time
 */
export async function awaitNodes({ nodes, pause, mayGoOn }: NodesWait, plan: AwaitedNodes): Promise<void> {
  let times = 0;
  let missing: Lack = { what: 'there was no time to ask' };
  while (plan.awaited.length > 0 && times < TIMES_IN_A_ROW) {
    if (!mayGoOn()) {
      const { what, cause } = missing;
      throw new Error(`Nothing more is changed, as Cassandra nodes are missing: ${what}.`, { cause });
    }
    const lack = await lackOf(nodes, plan);
    times = lack === undefined ? times + 1 : 0;
    missing = lack ?? missing;
    if (times < TIMES_IN_A_ROW) await pause();
  }
}

interface Lack {
  /** What is still missing, as the end of a sentence. */
  readonly what: string;
  readonly cause?: unknown;
}

async function lackOf(nodes: DatabaseNodes, plan: AwaitedNodes): Promise<Lack | undefined> {
  try {
    const what = await missingOf(nodes, plan);
    return what === undefined ? undefined : { what };
  } catch (cause) {
    // A secret that could not be read this time must not end a change of nodes half way.
    return { what: 'they could not be asked, as a secret could not be read', cause };
  }
}

async function missingOf(
  nodes: DatabaseNodes,
  { awaited, all, hasRoles }: AwaitedNodes,
): Promise<string | undefined> {
  const answering = await nodes.answering(all);
  const silent = awaited.filter((address) => !answering.includes(address));
  if (silent.length > 0) return `${silent.join(' and ')} did not answer`;
  if (!hasRoles || (await nodes.reachOthers(awaited, answering.length))) return undefined;
  return `of ${awaited.join(', ')} one did not let the functions in, or did not reach the others`;
}
