import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fetchJars } from '../../local/stores/jars.ts';
import { readLocalEnvironment } from '../../local/stores/local-environment.ts';
import type { Drill } from '../drill.ts';
import { startAgain } from '../run/start-again.ts';
import { readTopic } from './read-topic.ts';

const SOURCE = fileURLToPath(new URL('./clock/SystemTime.java', import.meta.url));
const POM = fileURLToPath(new URL('../../local/kafka/pom.xml', import.meta.url));
const FETCHED_WITHIN_MS = 10 * 60_000;
/** By broker. A leader change from the first to the last lets the log's time step back by ten seconds. */
const OFFSETS_MS: Readonly<Record<number, number>> = { 1: 5_000, 2: 0, 3: -5_000 };
const ROUNDS = 2;

const clockSkew: Drill = {
  name: 'kafka-clock-skew',
  title: 'the clocks of the brokers differ by seconds while leaders change',
  skipped: async () => {
    const compiler = await promisify(execFile)('javac', ['-version']).catch(() => undefined);
    return compiler === undefined
      ? 'there is no javac here (a JDK has it), with which a broker gets another clock.'
      : undefined;
  },
  ownStores: async (directory) => {
    const classes = join(directory, 'classes');
    await mkdir(classes);
    // Those of the brokers; they are there already when brokers run.
    const jars = await fetchJars({
      name: 'kafka',
      pomFile: POM,
      cacheDirectory: readLocalEnvironment().cacheDirectory,
      signal: AbortSignal.timeout(FETCHED_WITHIN_MS),
      onProgress: () => undefined,
    });
    await promisify(execFile)('javac', ['-cp', `${jars}/*`, '-d', classes, SOURCE]);
    return {
      kafka: {
        javaOptions: (brokerId) => ({
          classPath: [classes],
          options: [`-Dping.me.clock.offset.ms=${OFFSETS_MS[brokerId] ?? 0}`],
        }),
      },
    };
  },
  run: async (context) => {
    const { nodes, stores, pingMe } = context;
    const load = await context.load({ people: 4, conversations: 6, postsPerSecond: 40, dropsPerSecond: 0.2 });
    await load.acknowledges(100);
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const broker of [1, 2, 3]) {
        await context.fault(`broker ${broker} is killed: its partitions get leaders with other clocks`, () =>
          nodes.kill('kafka', broker),
        );
        await load.acknowledges(100);
        await startAgain(nodes, 'kafka', [broker]);
        await load.acknowledges(100);
      }
    }
    await context.heal('all brokers are there');
    await load.acknowledges(100);
    await load.settle();
    const prefix = pingMe.functionSettings.TOPIC_PREFIX ?? '';
    const records = await readTopic(stores.kafka.brokers, `${prefix}messages`);
    const backwards = records.filter(
      ({ partition, timestamp }, index) =>
        records[index - 1]?.partition === partition && timestamp < (records[index - 1]?.timestamp ?? 0),
    ).length;
    return [
      {
        promise: 'time stepped back in the log, or nothing would be shown',
        kept: backwards > 0,
        measured: `${backwards} times`,
      },
    ];
  },
};

export const kafkaClockDrills: readonly Drill[] = [clockSkew];
