import type { Drill, DrillContext, Finding } from '../drill.ts';
import type { Load } from '../load/load.ts';
import { startAgain } from '../run/start-again.ts';
import { LOAD, POSTING_GOES_ON } from './posting-goes-on.ts';

const ALL = [1, 2, 3];
const TOKEN_SECONDS = 20;

/** With the store away or not, whoever listens hears everything at once. */
function liveGoesOn({ recorder }: DrillContext): Finding {
  const { acknowledged, heardByAll } = recorder.ledger.report();
  return {
    promise: 'live updates go on',
    kept: heardByAll === acknowledged,
    measured: `${heardByAll} of ${acknowledged} heard by all as they were posted`,
  };
}

function historyGoesOn({ readers }: Load): Finding {
  const refused = readers.reduce((sum, reader) => sum + reader.refused, 0);
  const pages = readers.reduce((sum, reader) => sum + reader.pages, 0);
  return {
    promise: 'history goes on',
    kept: refused === 0 && pages > 0,
    measured: `${refused} refused, ${pages} pages read`,
  };
}

/** Some nodes go and come back; posting and live updates go on all the while. */
function away(
  { name, title }: Pick<Drill, 'name' | 'title'>,
  go: (context: DrillContext) => Promise<unknown>,
  comeBack: (context: DrillContext) => Promise<unknown>,
  moreFindings: (load: Load) => readonly Finding[] = () => [],
): Drill {
  return {
    name,
    title,
    bounds: POSTING_GOES_ON,
    run: async (context) => {
      const load = await context.load(LOAD);
      await load.acknowledges(100);
      await context.fault(title, () => go(context));
      await load.acknowledges(600);
      await context.heal('all nodes are back', () => comeBack(context));
      await load.acknowledges(200);
      await load.settle();
      return [liveGoesOn(context), ...moreFindings(load)];
    },
  };
}

/** One node of three, in one way or another: nobody notices. */
function oneNode(
  name: string,
  title: string,
  go: (context: DrillContext) => Promise<unknown>,
  comeBack: (context: DrillContext) => Promise<unknown> = ({ nodes }) => startAgain(nodes, 'cassandra', [2]),
): Drill {
  return away({ name, title }, go, comeBack, (load) => [historyGoesOn(load)]);
}

/** A quorum is gone: history waits, chat goes on. */
function quorumGone(name: string, title: string, numbers: readonly number[]): Drill {
  return away(
    { name, title },
    ({ nodes }) => Promise.all(numbers.map((number) => nodes.kill('cassandra', number))),
    ({ nodes }) => startAgain(nodes, 'cassandra', numbers),
  );
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
      await context.heal(`node ${number} is back`, () => startAgain(context.nodes, 'cassandra', [number]));
      await load.acknowledges(100);
    }
    await load.settle();
    return [liveGoesOn(context), historyGoesOn(load)];
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
    await context.heal('all nodes are back', () => startAgain(context.nodes, 'cassandra', ALL));
    await load.acknowledges(200);
    await load.settle();
    return [liveGoesOn(context)];
  },
};

export const cassandraNodeDrills: readonly Drill[] = [
  oneNode('cassandra-one-node-stops', 'one node of three stops in order', ({ nodes }) =>
    nodes.stop('cassandra', 2),
  ),
  oneNode('cassandra-one-node', 'kill -9 of one node of three', ({ nodes }) => nodes.kill('cassandra', 2)),
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
