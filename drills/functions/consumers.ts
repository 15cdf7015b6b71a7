import type { Drill, DrillContext } from '../drill.ts';
import { startEventSource } from './event-source-of-our-own.ts';
import { LostOutcomes } from './lost-outcomes.ts';

const LOAD = { people: 4, conversations: 6, postsPerSecond: 60, dropsPerSecond: 0.2 };
const KILLS = 8;

/** In the middle of whatever it does, again and again, while messages are posted. */
function killed(part: 'store' | 'deliver'): Drill {
  return {
    name: `functions-${part}-killed`,
    title: `kill of the function ${part} in the middle of a batch, ${KILLS} times`,
    run: async (context) => {
      const load = await context.load(LOAD);
      await load.acknowledges(100);
      for (let kill = 1; kill <= KILLS; kill += 1) {
        await context.fault(`kill ${kill} of ${part}`, () => context.nodes.kill(part));
        await load.acknowledges(20);
        await context.heal(`${part} runs again`, () => context.nodes.start(part));
        await load.acknowledges(60);
      }
      return undefined;
    },
  };
}

/** Replaces the system's own poller of the store function by one whose outcomes get lost. */
function outcomesLost(name: string, title: string, timesEach: number, crashes: boolean): Drill {
  return {
    name,
    title,
    run: async (context) => {
      const load = await context.load(LOAD);
      const lost = new LostOutcomes(timesEach);
      const underWay = new Set<Promise<unknown>>();
      await context.fault(title, () => context.nodes.stop('store'));
      const source = startEventSource(context, {
        source: 'store-messages',
        around: (invoke) => {
          const losing = lost.around(invoke);
          return (functionName, event) => {
            const invocation = losing(functionName, event).then(async (result) => {
              // What it had in memory goes with it.
              if (crashes && result.kind === 'failed') await context.nodes.kill('store');
              return result;
            });
            underWay.add(invocation);
            return invocation.finally(() => underWay.delete(invocation));
          };
        },
      });
      try {
        await load.acknowledges(1_000);
      } finally {
        await source.stop();
        // A stop waits only so long, and a crash that came later would hit what runs then.
        await Promise.allSettled(underWay);
      }
      await context.heal('outcomes arrive again', () => context.nodes.start('store'));
      await load.acknowledges(100);
      return [
        {
          promise: 'batches came again, or nothing would be shown',
          kept: lost.count >= 10,
          measured: `${lost.count} outcomes lost`,
        },
      ];
    },
  };
}

const rebalance: Drill = {
  name: 'functions-rebalance',
  title: 'pollers join and leave the consumer groups under load',
  run: async (context) => {
    const load = await context.load(LOAD);
    await load.acknowledges(100);
    for (let turn = 1; turn <= 3; turn += 1) {
      const joined: { stop(): Promise<void> }[] = [];
      await context.fault(`one more poller joins each group, turn ${turn}`, async () => {
        for (const source of ['store-messages', 'deliver-messages', 'deliver-signals'])
          joined.push(startEventSource(context, { source }));
      });
      try {
        await load.acknowledges(400);
      } finally {
        await Promise.all(joined.map((source) => source.stop()));
      }
      await context.heal(`they have left, turn ${turn}`);
      await load.acknowledges(200);
    }
    return undefined;
  },
};

/** Instances of their own, as on Lambda: neither knows what the other has written. */
const twoStores: Drill = {
  name: 'functions-two-stores',
  title: 'two copies of the store consumer, each with every record',
  system: () => ({ likeLambda: true }),
  run: async (context: DrillContext) => {
    const load = await context.load({ ...LOAD, postsPerSecond: 30 });
    await load.acknowledges(50);
    let batches = 0;
    const source = startEventSource(context, {
      source: 'store-messages',
      group: 'store-messages-copy',
      around: (invoke) => async (functionName, event) => {
        batches += 1;
        return invoke(functionName, event);
      },
    });
    await context.fault('a second copy stores everything once more');
    try {
      await load.acknowledges(600);
      await load.settle();
    } finally {
      await source.stop();
    }
    await context.heal('it has ended');
    return [
      {
        promise: 'the second copy had work',
        kept: batches >= 10,
        measured: `${batches} batches of the second copy`,
      },
    ];
  },
};

export const consumerDrills: readonly Drill[] = [
  killed('store'),
  killed('deliver'),
  outcomesLost(
    'functions-crash-after-writing',
    'the store function crashes after writing and before its offsets are committed, each time',
    1,
    true,
  ),
  outcomesLost('functions-batch-three-times', 'each batch is delivered three times', 2, false),
  rebalance,
  twoStores,
];
