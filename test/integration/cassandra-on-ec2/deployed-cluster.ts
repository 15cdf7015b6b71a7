import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { isServing } from '../../../local/cassandra/node-readiness.ts';
import { fetchJars } from '../../../local/stores/jars.ts';
import { readLocalEnvironment } from '../../../local/stores/local-environment.ts';
import { loopbackAddresses } from '../../../local/stores/loopback-addresses.ts';
import { portsOf, reservePorts } from '../../../local/stores/ports.ts';
import { StoreNode } from '../../../local/stores/store-node.ts';
import { javaArgumentFile } from '../../../nodes/cassandra/configuration/jvm-arguments.ts';
import {
  type CassandraNodeOptions,
  type CassandraResources,
  EIGHT_GIBIBYTE_RESOURCES,
  type RingEntry,
} from '../../../nodes/cassandra/configuration/node-options.ts';
import { nodetoolArguments } from '../../../nodes/cassandra/configuration/nodetool-arguments.ts';
import { renderCassandraNode } from '../../../nodes/cassandra/configuration/render-node.ts';
import {
  certificateFiles,
  type DeployedNode,
  deployedNodeOptions,
  RING_ENTRIES,
} from '../../../nodes/cassandra/deployed-node.ts';
import { FakeAws } from '../../support/fake-aws.ts';

const run = promisify(execFile);

const SCRIPTS = resolve('nodes/cassandra/scripts');

/** As on EC2, but for what three nodes beside each other cannot have: gigabytes of heap, and half a minute for C2 to warm up. */
const RESOURCES: CassandraResources = {
  ...EIGHT_GIBIBYTE_RESOURCES,
  heapMebibytes: 512,
  memtableHeapMebibytes: 128,
  memtableOffHeapMebibytes: 128,
  quickJustInTimeCompiler: true,
};

/** Half of what it is on EC2: a node that takes a place waits for all of it, and on loopback the others answer sooner. */
const RING_DELAY_MILLISECONDS = 15_000;

const READY_MILLISECONDS = 180_000;

export const CLUSTER = { name: 'ping-me-ec2', dataCenter: 'eu-central-1', keyspace: 'ping_me' };

export const certificateSecretOf = (number: number) => `certificates-${number}`;
export const membershipOf = (number: number) => `membership-${number}`;

interface Member {
  readonly node: StoreNode;
  readonly home: string;
  /** Of the scripts, as `/etc/ping-me/node.env` has it on EC2. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Three nodes as EC2 has them, started by the same scripts, on addresses and ports of their own. */
export class DeployedCluster {
  readonly aws: FakeAws;
  readonly addresses = loopbackAddresses(3);
  readonly port: number;
  /** Who asks whether a node serves. */
  credentials = { username: 'cassandra', password: 'cassandra' };
  readonly #members: Member[];
  readonly #releasePorts: () => Promise<void>;

  private constructor(
    folder: string,
    jars: string,
    ports: ReturnType<typeof portsOf>['cassandra'],
    releasePorts: () => Promise<void>,
  ) {
    this.aws = new FakeAws(join(folder, 'aws'));
    this.port = ports.native;
    this.#releasePorts = releasePorts;
    this.#members = [1, 2, 3].map((number) => this.#createMember(folder, jars, ports, number));
  }

  static async create(folder: string): Promise<DeployedCluster> {
    const { cacheDirectory } = readLocalEnvironment();
    const jars = await fetchJars({
      name: 'cassandra',
      pomFile: resolve('local/cassandra/pom.xml'),
      cacheDirectory,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    const { choice, release } = await reservePorts(loopbackAddresses(3), undefined);
    return new DeployedCluster(folder, jars, portsOf(choice, 3).cassandra, release);
  }

  home(number: number): string {
    return this.#member(number).home;
  }

  trustedCertificates(number: number): string {
    return certificateFiles(join(this.home(number), 'etc', 'certificates')).trustedCertificates;
  }

  /** Starts a node as its instance does, and does not wait for it. */
  async boot(number: number): Promise<void> {
    await this.#member(number).node.start();
  }

  async start(...numbers: number[]): Promise<void> {
    await Promise.all(
      numbers.map(async (number) => {
        await this.boot(number);
        await this.#member(number).node.waitUntilReady(READY_MILLISECONDS);
      }),
    );
  }

  /** Resolves with the end of a start that does not come about. */
  async startInVain(number: number): Promise<unknown> {
    return this.start(number).then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  async stop(...numbers: number[]): Promise<void> {
    await Promise.all(numbers.map((number) => this.#member(number).node.stop()));
  }

  async kill(number: number): Promise<void> {
    await this.#member(number).node.kill();
  }

  /** As a new, empty volume in the place of the old one. */
  async loseVolume(number: number): Promise<void> {
    await rm(join(this.home(number), 'volume'), { recursive: true });
    await mkdir(join(this.home(number), 'volume'));
  }

  /** Runs one of the nodes' scripts for a node, as its units do. */
  async script(number: number, name: string, ...values: string[]): Promise<string> {
    const { stdout } = await run('bash', [join(SCRIPTS, `${name}.sh`), ...values], {
      env: this.#member(number).environment,
    });
    return stdout.trim();
  }

  async end(): Promise<void> {
    await Promise.allSettled(this.#members.map(({ node }) => node.kill()));
    await this.#releasePorts();
  }

  #member(number: number): Member {
    const member = this.#members[number - 1];
    if (member === undefined) throw new RangeError(`there is no node ${number}`);
    return member;
  }

  #createMember(
    folder: string,
    jars: string,
    ports: ReturnType<typeof portsOf>['cassandra'],
    number: number,
  ): Member {
    const home = join(folder, `node-${number}`);
    const etc = join(home, 'etc');
    const { javaCommand } = readLocalEnvironment();
    const jmx = ports.jmx[number - 1] ?? 0;
    const environment: NodeJS.ProcessEnv = {
      ...process.env,
      PATH: `${this.aws.commands}:${process.env.PATH}`,
      DATA_MOUNT: join(home, 'volume'),
      CONFIGURATION_FOLDER: etc,
      LOG_FOLDER: join(home, 'logs'),
      TEMPORARY_FOLDER: join(home, 'tmp'),
      DATA_OWNER: `${process.getuid?.()}`,
      NODETOOL: join(SCRIPTS, 'nodetool.sh'),
      JAVA: javaCommand,
      VOLUME_ID: `vol-${number}`,
      CERTIFICATE_SECRET: certificateSecretOf(number),
      MEMBERSHIP_PARAMETER: membershipOf(number),
      BACKUP_URL: `file://${join(folder, 'backups')}`,
    };
    const optionsFor = (entry: RingEntry['kind']): CassandraNodeOptions =>
      optionsBelow(home, jars, { ...ports, jmx }, deployedNodeOptions(this.#described(number), entry), entry);
    const node = new StoreNode({
      part: 'cassandra',
      number,
      process: {
        title: `Deployed Cassandra node ${number}`,
        command: javaCommand,
        arguments: [`@${join(etc, 'current', 'jvm.arguments')}`],
        workingDirectory: home,
        outputFile: join(home, 'output.log'),
        stopMilliseconds: 20_000,
      },
      signal: new AbortController().signal,
      onChange: () => undefined,
      prepare: async () => {
        await mkdir(join(home, 'volume'), { recursive: true });
        await writeConfiguration(etc, number, optionsFor);
        await this.script(number, 'prepare-start');
      },
      isReady: () =>
        isServing({
          address: this.addresses[number - 1] ?? '',
          port: this.port,
          dataCenter: CLUSTER.dataCenter,
          runningAddresses: this.addresses.filter((_, index) => this.#members[index]?.node.answersOthers),
          authentication: 'password',
          credentials: this.credentials,
          tls: optionsFor('fixed-tokens').tls,
        }),
    });
    return { node, home, environment };
  }

  #described(number: number): DeployedNode {
    return {
      number,
      addresses: this.addresses,
      clusterName: CLUSTER.name,
      dataCenter: CLUSTER.dataCenter,
      resources: RESOURCES,
    };
  }
}

/** The options of a deployed node with its folders below `home` and with free ports: nothing else differs. */
function optionsBelow(
  home: string,
  jars: string,
  ports: CassandraNodeOptions['ports'],
  options: CassandraNodeOptions,
  entry: RingEntry['kind'],
): CassandraNodeOptions {
  const volume = join(home, 'volume');
  const pem = certificateFiles(join(home, 'etc', 'certificates'));
  return {
    ...options,
    ports: { native: ports.native, storage: ports.storage, jmx: ports.jmx },
    tls: { internode: pem, client: pem },
    ringDelayMilliseconds: RING_DELAY_MILLISECONDS,
    directories: {
      configuration: join(home, 'etc', entry),
      jars,
      data: join(volume, 'data'),
      commitLog: join(volume, 'commitlog'),
      hints: join(volume, 'hints'),
      savedCaches: join(volume, 'saved_caches'),
      logs: join(home, 'logs'),
      temporary: join(home, 'tmp'),
    },
  };
}

async function writeConfiguration(
  etc: string,
  number: number,
  optionsFor: (entry: RingEntry['kind']) => CassandraNodeOptions,
): Promise<void> {
  for (const entry of RING_ENTRIES) {
    await mkdir(join(etc, entry), { recursive: true });
    for (const { name, contents } of renderCassandraNode(optionsFor(entry))) {
      await writeFile(join(etc, entry, name), contents);
    }
  }
  await writeFile(join(etc, 'node-identity'), `${CLUSTER.name} ${number}\n`);
  const logback = join(etc, 'logback-tools.xml');
  await writeFile(logback, '<configuration/>\n');
  await writeFile(
    join(etc, 'nodetool.arguments'),
    javaArgumentFile(nodetoolArguments(optionsFor('fixed-tokens'), logback)),
  );
}
