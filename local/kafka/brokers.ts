import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProcessSpecification } from '../processes/managed-process.ts';
import { runToEnd } from '../processes/run-to-end.ts';
import type { StoreContext } from '../stores/store-context.ts';
import { StoreNode } from '../stores/store-node.ts';
import type { BrokerJavaOptions } from '../stores/stores.ts';
import { brokerProperties } from './broker-properties.ts';
import { brokersKnownTo } from './broker-readiness.ts';

const LOG_CONFIGURATION = fileURLToPath(new URL('log4j2.xml', import.meta.url));

/** A broker that stops in order hands its partitions over first, which takes a second or two. */
const STOP_MILLISECONDS = 8_000;

/** The brokers of a run, not started yet. `clusterId` is 16 bytes as 22 characters of base64url, the same as long as the data. */
export function createBrokers(
  context: StoreContext,
  clusterId: string,
  javaOptions: (brokerId: number) => BrokerJavaOptions = () => ({ classPath: [], options: [] }),
): StoreNode[] {
  return context.ports.kafka.map((_, index) =>
    createBroker(context, clusterId, index + 1, javaOptions(index + 1)),
  );
}

function createBroker(
  context: StoreContext,
  clusterId: string,
  brokerId: number,
  javaOptions: BrokerJavaOptions,
): StoreNode {
  const { directory, ports, javaCommand, jars, signal, onChange } = context;
  const home = join(directory.path, 'kafka', String(brokerId));
  const propertiesFile = join(home, 'server.properties');
  const logDirectory = join(home, 'data');
  const temporary = join(home, 'tmp');
  const title = `Kafka broker ${brokerId}`;

  const java = (heap: string[], mainClass: string, ...rest: string[]): string[] => [
    directory.processMark,
    // C1 only: brokers start in half the time, and on two cores they carry more even when warm.
    '-XX:TieredStopAtLevel=1',
    ...heap,
    '-XX:+ExitOnOutOfMemoryError',
    '-XX:+PerfDisableSharedMem',
    `-Djava.io.tmpdir=${temporary}`,
    `-Dkafka.logs.dir=${join(home, 'logs')}`,
    `-Dlog4j2.configurationFile=${LOG_CONFIGURATION}`,
    ...javaOptions.options,
    '-cp',
    [...javaOptions.classPath, `${jars}/*`].join(delimiter),
    mainClass,
    ...rest,
  ];
  const broker: ProcessSpecification = {
    title,
    command: javaCommand,
    arguments: java(
      ['-Xms128m', '-Xmx384m', '-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20'],
      'kafka.Kafka',
      propertiesFile,
    ),
    workingDirectory: home,
    outputFile: join(home, 'output.log'),
    stopMilliseconds: STOP_MILLISECONDS,
  };
  const format: ProcessSpecification = {
    ...broker,
    title: `Formatting the disk of ${title}`,
    arguments: java(
      ['-Xmx128m', '-XX:+UseSerialGC'],
      'kafka.tools.StorageTool',
      ...['format', '-t', clusterId, '-c', propertiesFile, '--ignore-formatted'],
    ),
    outputFile: join(home, 'format.log'),
  };

  return new StoreNode({
    part: 'kafka',
    number: brokerId,
    process: broker,
    signal,
    onChange,
    prepare: async () => {
      await mkdir(temporary, { recursive: true });
      await writeFile(propertiesFile, brokerProperties({ brokerId, ports: ports.kafka, logDirectory }));
      if (!existsSync(join(logDirectory, 'meta.properties'))) await runToEnd(format, signal);
    },
    isReady: async () => {
      const address = `127.0.0.1:${ports.kafka[brokerId - 1]?.client}`;
      return (await brokersKnownTo(address)).includes(brokerId);
    },
  });
}
