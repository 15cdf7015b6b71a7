import type { Drill, DrillContext } from '../drill.ts';
import { startAgain } from '../run/start-again.ts';
import { waitFor } from '../run/wait-for.ts';
import { controllerOf } from './controller.ts';

const ALL = [1, 2, 3];
/** The pause that the design allows on one machine. */
const ONE_BROKER = { waitMs: 3_500, silenceMs: 3_000 };
const CALM_LOAD = { people: 4, conversations: 6, postsPerSecond: 40, dropsPerSecond: 0.2 };

/** One broker goes, in one way or another; then it comes back, and the load goes on all the while. */
function oneBroker(
  name: string,
  title: string,
  go: (context: DrillContext, broker: number) => Promise<void>,
  comeBack: (context: DrillContext, broker: number) => Promise<void>,
  choose: (context: DrillContext) => Promise<number> = async () => 2,
): Drill {
  return {
    name,
    title,
    bounds: ONE_BROKER,
    run: async (context) => {
      const load = await context.load(CALM_LOAD);
      await load.acknowledges(100);
      const broker = await choose(context);
      await context.fault(`broker ${broker}: ${title}`, () => go(context, broker));
      await load.acknowledges(400);
      await context.heal(`broker ${broker} is back`, () => comeBack(context, broker));
      await load.acknowledges(200);
      return undefined;
    },
  };
}

/** More than one goes at once: posting has to say so in time, and go on by itself. */
function manyBrokers(
  name: string,
  title: string,
  brokers: readonly number[],
  go: (context: DrillContext, broker: number) => Promise<void>,
): Drill {
  return {
    name,
    title,
    // D is 4 s; the rest is the way there and back while three brokers start on the same processors.
    bounds: { refusalMs: 5_000 },
    run: async (context) => {
      const load = await context.load(CALM_LOAD);
      await load.acknowledges(100);
      const { ledger } = context.recorder;
      await context.fault(title, () => Promise.all(brokers.map((broker) => go(context, broker))));
      await waitFor('posts to be refused', () => ledger.refusedCount > 20);
      await context.heal('all brokers are back', () => startAgain(context.nodes, 'kafka', brokers));
      await load.acknowledges(400, 120_000);
      return undefined;
    },
  };
}

const stop = ({ nodes }: DrillContext, broker: number) => nodes.stop('kafka', broker);
const kill = ({ nodes }: DrillContext, broker: number) => nodes.kill('kafka', broker);
const start = ({ nodes }: DrillContext, broker: number) => startAgain(nodes, 'kafka', [broker]);

export const kafkaBrokerDrills: readonly Drill[] = [
  oneBroker('kafka-one-broker-stops', 'one broker of three stops in order', stop, start),
  oneBroker('kafka-one-broker', 'kill -9 of one broker of three', kill, start),
  oneBroker('kafka-controller', 'kill -9 of the broker that is the controller', kill, start, (context) =>
    controllerOf(context.stores.kafka.brokers[0] ?? ''),
  ),
  oneBroker(
    'kafka-hanging-broker',
    'one broker of three hangs and keeps its connections',
    ({ nodes }, broker) => nodes.pause('kafka', broker),
    ({ nodes }, broker) => nodes.resume('kafka', broker),
  ),
  manyBrokers('kafka-two-brokers', 'kill -9 of two brokers of three', [2, 3], kill),
  manyBrokers('kafka-all-brokers', 'kill -9 of all three brokers', ALL, kill),
  manyBrokers('kafka-restart', 'the whole cluster stops in order and starts again', ALL, stop),
];
