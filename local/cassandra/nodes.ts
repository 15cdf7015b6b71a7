import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { javaArgumentFile } from '../../nodes/cassandra/configuration/jvm-arguments.ts';
import {
  type CassandraAuthentication,
  type CassandraDirectories,
  type CassandraNodeOptions,
  type CassandraTls,
  TWO_CORE_RESOURCES,
} from '../../nodes/cassandra/configuration/node-options.ts';
import { nodetoolArguments } from '../../nodes/cassandra/configuration/nodetool-arguments.ts';
import { JVM_ARGUMENTS_FILE, renderCassandraNode } from '../../nodes/cassandra/configuration/render-node.ts';
import { interleavedTokens } from '../../nodes/cassandra/configuration/tokens.ts';
import { STORING_NICENESS } from '../processes/storing-niceness.ts';
import type { DataDirectory } from '../stores/data-directory.ts';
import type { StoreContext } from '../stores/store-context.ts';
import { StoreNode } from '../stores/store-node.ts';
import { isServing } from './node-readiness.ts';

/** The name that the nodes have for the place they are in; drivers want it as `localDataCenter`. */
export const DATA_CENTER = 'dc1';

/** A node that stops in order first writes its memtables to disk. */
const STOP_MILLISECONDS = 10_000;

export interface CassandraSettings {
  /** One per node, in order. */
  addresses: readonly string[];
  authentication: CassandraAuthentication;
  tls: CassandraTls;
}

/** The nodes of a run, not started yet; all may start at once. */
export function createCassandraNodes(context: StoreContext, settings: CassandraSettings): StoreNode[] {
  const nodes: StoreNode[] = settings.addresses.map((_, index) =>
    createNode(context, settings, index + 1, () =>
      settings.addresses.filter((_address, position) => nodes[position]?.answersOthers === true),
    ),
  );
  return nodes;
}

function createNode(
  { directory, ports, javaCommand, jars, signal, onChange }: StoreContext,
  { addresses, authentication, tls }: CassandraSettings,
  number: number,
  runningAddresses: () => string[],
): StoreNode {
  const home = join(directory.path, 'cassandra', String(number));
  const directories = directoriesBelow(home, jars);
  const address = addresses[number - 1];
  const jmx = ports.cassandra.jmx[number - 1];
  if (address === undefined || jmx === undefined) throw new RangeError(`there is no node ${number}`);
  const options: CassandraNodeOptions = {
    clusterName: 'ping-me',
    address,
    ports: { native: ports.cassandra.native, storage: ports.cassandra.storage, jmx },
    seeds: addresses,
    dataCenter: DATA_CENTER,
    rack: `az${number}`,
    ring: { kind: 'fixed-tokens', tokens: interleavedTokens(number, addresses.length) },
    // They all start anew together, and no volume is ever lost without the others.
    ringDelayMilliseconds: 1,
    directories,
    resources: TWO_CORE_RESOURCES,
    authentication,
    authenticationReplicationFactor: addresses.length,
    tls,
    shutdownAnnouncementMilliseconds: 200,
    snapshotBeforeDrop: false,
  };
  return new StoreNode({
    part: 'cassandra',
    number,
    process: {
      title: `Cassandra node ${number}`,
      command: javaCommand,
      arguments: [directory.processMark, `@${join(directories.configuration, JVM_ARGUMENTS_FILE)}`],
      workingDirectory: home,
      outputFile: join(home, 'output.log'),
      niceness: STORING_NICENESS,
      stopMilliseconds: STOP_MILLISECONDS,
    },
    signal,
    onChange,
    prepare: async () => {
      const { jars: _fetchedBefore, ...written } = directories;
      for (const path of Object.values(written)) await mkdir(path, { recursive: true });
      for (const { name, contents } of renderCassandraNode(options)) {
        await writeFile(join(directories.configuration, name), contents);
      }
      await writeNodetool(directory, number, options);
    },
    isReady: () =>
      isServing({
        address,
        port: ports.cassandra.native,
        dataCenter: DATA_CENTER,
        runningAddresses: runningAddresses(),
        authentication,
        tls,
      }),
  });
}

/** Arguments of `java` that make nodetool ask a node; what is asked comes behind them. */
export function nodetoolFile(directory: DataDirectory, number: number): string {
  return join(directory.path, 'cassandra', String(number), 'conf', 'nodetool.arguments');
}

async function writeNodetool(
  directory: DataDirectory,
  number: number,
  options: CassandraNodeOptions,
): Promise<void> {
  const logback = join(options.directories.configuration, 'logback-tools.xml');
  await writeFile(logback, '<configuration/>\n');
  await writeFile(nodetoolFile(directory, number), javaArgumentFile(nodetoolArguments(options, logback)));
}

function directoriesBelow(home: string, jars: string): CassandraDirectories {
  return {
    configuration: join(home, 'conf'),
    jars,
    data: join(home, 'data'),
    commitLog: join(home, 'commitlog'),
    hints: join(home, 'hints'),
    savedCaches: join(home, 'saved_caches'),
    logs: join(home, 'logs'),
    temporary: join(home, 'tmp'),
  };
}
