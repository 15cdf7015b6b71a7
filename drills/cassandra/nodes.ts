import type { Drill, DrillContext, Finding } from '../drill.ts';
import type { Load } from '../load/load.ts';

const ALL = [1, 2, 3];
/** Posting asks Cassandra one question, for 50 ms, and then another copy: no node of it may hold up a post. */
const POSTING_GOES_ON = { waitMs: 3_000, silenceMs: 3_000 };
/** Nobody's connection is cut, so that everything has to be heard live. */
const LOAD = { people: 4, conversations: 6, postsPerSecond: 40 };
const TOKEN_SECONDS = 20;
const READY_MS = 180_000;

export async function startAgain({ nodes }: DrillContext, numbers: readonly number[]): Promise<void> {
  for (const number of numbers) await nodes.start('cassandra', number);
  await Promise.all(numbers.map((number) => nodes.waitUntilReady('cassandra', number, READY_MS)));
}

/** With the store away or not, whoever listens hears everything at once. */
export function liveGoesOn({ recorder }: DrillContext): Finding {
  const { acknowledged, heardByAll } = recorder.ledger.report();
  return {
    promise: 'live updates go on',
    kept: heardByAll === acknowledged,
    measured: `${heardByAll} of ${acknowledged} heard by all as they were posted`,
  };
}

function historyGoesOn({ readers }: Load, refusedBefore: number): Finding {
  const refused = readers.reduce((sum, reader) => sum + reader.refused, 0) - refusedBefore;
  const pages = readers.reduce((sum, reader) => sum + reader.pages, 0);
  return {
    promise: 'history goes on',
    kept: refused === 0 && pages > 0,
    measured: `${refused} refused, ${pages} pages read`,
  };
}

/** One node goes: nobody notices. */
function oneNode(
  name: string,
  title: string,
  go: (context: DrillContext) => Promise<unknown>,
  comeBack: (context: DrillContext) => Promise<unknown>,
): Drill {
  return {
    name,
    title,
    bounds: POSTING_GOES_ON,
    run: async (context) => {
      const load = await context.load(LOAD);
      await load.acknowledges(100);
      await context.fault(`node 2: ${title}`, () => go(context));
      await load.acknowledges(600);
      await context.heal('node 2 is back', () => comeBack(context));
      await load.acknowledges(200);
      await load.settle();
      return [liveGoesOn(context), historyGoesOn(load, 0)];
    },
  };
}

/** A quorum is gone: history waits, chat goes on. */
function quorumGone(name: string, title: string, numbers: readonly number[]): Drill {
  return {
    name,
    title,
    bounds: POSTING_GOES_ON,
    run: async (context) => {
      const load = await context.load(LOAD);
      await load.acknowledges(100);
      await context.fault(title, () =>
        Promise.all(numbers.map((number) => context.nodes.kill('cassandra', number))),
      );
      await load.acknowledges(600);
      await context.heal('all nodes are back', () => startAgain(context, numbers));
      await load.acknowledges(200);
      await load.settle();
      return [liveGoesOn(context)];
    },
  };
}

const rollingRestart: Drill = {
  name: 'cassandra-rolling-restart',
  title: 'every node in turn stops in order and starts again',
  bounds: POSTING_GOES_ON,
  run: async (context) => {
    const load = await context.load(LOAD);
    await load.acknowledges(100);
    for (const number of ALL) {
      await context.fault(`node ${number} stops`, () => context.nodes.stop('cassandra', number));
      await context.heal(`node ${number} is back`, () => startAgain(context, [number]));
      await load.acknowledges(100);
    }
    await load.settle();
    return [liveGoesOn(context), historyGoesOn(load, 0)];
  },
};

/** Nobody is signed out by it: sessions are refreshed from DynamoDB. */
const longerThanAToken: Drill = {
  name: 'cassandra-longer-than-a-token',
  title: `all of Cassandra is gone for longer than a session token lives (${TOKEN_SECONDS} s)`,
  bounds: POSTING_GOES_ON,
  system: () => ({ settings: { SESSION_TOKEN_LIFETIME_SECONDS: String(TOKEN_SECONDS) } }),
  run: async (context) => {
    const load = await context.load(LOAD);
    await load.acknowledges(100);
    const begunAt = context.recorder.now;
    await context.fault('kill -9 of all three nodes', () =>
      Promise.all(ALL.map((number) => context.nodes.kill('cassandra', number))),
    );
    while (context.recorder.now - begunAt < 2_000 * TOKEN_SECONDS) await load.acknowledges(40);
    await context.heal('all nodes are back', () => startAgain(context, ALL));
    await load.acknowledges(200);
    await load.settle();
    return [liveGoesOn(context)];
  },
};

export const cassandraNodeDrills: readonly Drill[] = [
  oneNode(
    'cassandra-one-node-stops',
    'one node of three stops in order',
    ({ nodes }) => nodes.stop('cassandra', 2),
    (context) => startAgain(context, [2]),
  ),
  oneNode(
    'cassandra-one-node',
    'kill -9 of one node of three',
    ({ nodes }) => nodes.kill('cassandra', 2),
    (context) => startAgain(context, [2]),
  ),
  oneNode(
    'cassandra-hanging-node',
    'one node of three hangs and keeps its connections',
    ({ nodes }) => nodes.pause('cassandra', 2),
    ({ nodes }) => nodes.resume('cassandra', 2),
  ),
  quorumGone('cassandra-two-nodes', 'kill -9 of two nodes of three', [2, 3]),
  quorumGone('cassandra-all-nodes', 'kill -9 of all three nodes', ALL),
  longerThanAToken,
  rollingRestart,
];
