import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCassandraNodes, DATA_CENTER, nodetoolFile } from '../cassandra/nodes.ts';
import { createDynamoDbServer } from '../dynamodb/server.ts';
import { brokersKnownTo } from '../kafka/broker-readiness.ts';
import { createBrokers } from '../kafka/brokers.ts';
import { serveControl } from '../processes/control-server.ts';
import { OperatorError } from '../processes/operator-error.ts';
import { PartRegistry } from '../processes/part-registry.ts';
import { identifyProcess } from '../processes/process-identity.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { DataDirectory, type DataSettings } from './data-directory.ts';
import { lockDataDirectory } from './data-directory-lock.ts';
import { fetchJars } from './jars.ts';
import { assertJavaUsable } from './java.ts';
import { cleanLeftovers } from './leftovers.ts';
import { readLocalEnvironment } from './local-environment.ts';
import { assertAddressesExist, loopbackAddresses } from './loopback-addresses.ts';
import { portsOf, reservePorts, type StorePorts } from './ports.ts';
import { Progress } from './progress.ts';
import type { StoreContext } from './store-context.ts';
import type { StoreNode } from './store-node.ts';
import type { StartStoresOptions, StoreAddresses, StoreName } from './stores.ts';

/** A laptop that does other things at the same time may need minutes for what takes 20 s. */
const READY_MILLISECONDS = 240_000;

const LOCAL_FOLDER = dirname(dirname(fileURLToPath(import.meta.url)));

/** One run of the stores from its first check to its last child. */
export class StoresRun {
  readonly nodes = new PartRegistry();
  private readonly options: StartStoresOptions;
  private readonly directory: DataDirectory;
  private readonly progress: Progress;
  private readonly ending = new AbortController();
  private readonly storeNodes: StoreNode[] = [];
  /** What has to be undone at the end, last first. */
  private readonly undo: (() => void | Promise<void>)[] = [];
  /** The start of each store; at the end, none may go on behind the back of whoever removes the folder. */
  private readonly tasks: Promise<void>[] = [];
  private starting: Promise<StoreAddresses> | undefined;
  private stopping: Promise<void> | undefined;

  constructor(options: StartStoresOptions) {
    this.options = options;
    this.directory = new DataDirectory(options.dataDirectory);
    this.progress = new Progress(options.onProgress);
  }

  start(): Promise<StoreAddresses> {
    this.starting = this.startAll();
    return this.starting;
  }

  /** Ends every child and lets go of the folder and the ports; a second call waits for the first. */
  stop(reason: string): Promise<void> {
    this.stopping ??= this.stopAll(reason);
    return this.stopping;
  }

  private async startAll(): Promise<StoreAddresses> {
    const environment = readLocalEnvironment();
    const nodeCount = this.options.small ? 1 : 3;
    const addresses = loopbackAddresses(nodeCount);
    await assertJavaUsable(environment.javaCommand);
    await assertAddressesExist(addresses);
    await this.takeDirectory();
    const settings = await this.settle(nodeCount, addresses);
    const ports = portsOf(settings.ports, nodeCount);
    await this.openControl();

    const contextFor = async (name: StoreName): Promise<StoreContext> => ({
      directory: this.directory,
      ports,
      javaCommand: environment.javaCommand,
      jars: await this.jars(name, this.options.cacheDirectory ?? environment.cacheDirectory),
      signal: this.ending.signal,
      onChange: () => this.recordProcesses(),
    });
    this.tasks.push(
      contextFor('kafka').then((context) => this.startKafka(context, settings.kafkaClusterId)),
      contextFor('cassandra').then((context) => this.startCassandra(context, addresses)),
      contextFor('dynamodb').then((context) =>
        this.startNodes('dynamodb', [createDynamoDbServer(context, this.options.dynamodb?.dataDirectory)]),
      ),
    );
    await Promise.all(this.tasks);
    return this.addressesOf(ports, addresses, environment.javaCommand);
  }

  private async takeDirectory(): Promise<void> {
    const lock = lockDataDirectory(this.directory);
    this.undo.push(() => lock.release());
    const ended = await cleanLeftovers(this.directory);
    if (lock.takenFromDead === undefined && ended.length === 0) return;
    const owner = lock.takenFromDead === undefined ? '' : ` (process ${lock.takenFromDead.pid})`;
    const left =
      ended.length === 0
        ? 'nothing of it was left running'
        : `ended what it left running: ${ended.join(', ')}`;
    this.progress.notice(`The run before in ${this.directory.path}${owner} was killed; ${left}.`);
  }

  private async settle(nodeCount: number, addresses: readonly string[]): Promise<DataSettings> {
    const before = this.directory.readSettings();
    if (before !== undefined && before.nodeCount !== nodeCount) {
      throw new OperatorError(
        `${this.directory.path} holds the data of ${before.nodeCount} node(s) of each kind, not ${nodeCount}: name another ` +
          'data directory, or wipe this one with npm run reset.',
      );
    }
    const { choice, release } = await reservePorts(addresses, before?.ports);
    this.undo.push(release);
    const settings = { nodeCount, kafkaClusterId: before?.kafkaClusterId ?? newClusterId(), ports: choice };
    this.directory.writeSettings(settings);
    return settings;
  }

  private async openControl(): Promise<void> {
    const server = await serveControl(this.directory.controlSocket, this.nodes);
    this.undo.push(() => server.close());
    this.undo.push(() => this.directory.removeRun());
    this.recordProcesses();
  }

  private jars(name: StoreName, cacheDirectory: string): Promise<string> {
    return this.progress.stepIfAny(name, 'fetching jars', (onProgress) =>
      fetchJars({
        name,
        pomFile: join(LOCAL_FOLDER, name, 'pom.xml'),
        cacheDirectory,
        signal: this.ending.signal,
        onProgress,
      }),
    );
  }

  private async startKafka(context: StoreContext, clusterId: string): Promise<void> {
    const brokers = createBrokers(context, clusterId, this.options.kafka?.javaOptions);
    await this.startNodes('kafka', brokers, async () => {
      const known = await Promise.all(
        context.ports.kafka.map(({ client }) => brokersKnownTo(`127.0.0.1:${client}`)),
      );
      return known.every((ids) => ids.length === brokers.length);
    });
  }

  private async startCassandra(context: StoreContext, addresses: readonly string[]): Promise<void> {
    const { authentication = 'off', tls = 'off' } = this.options.cassandra ?? {};
    await this.startNodes('cassandra', createCassandraNodes(context, { addresses, authentication, tls }));
  }

  /** @param isWhole what must hold beyond every node being ready by itself */
  private async startNodes(store: StoreName, nodes: StoreNode[], isWhole = async () => true): Promise<void> {
    for (const node of nodes) {
      this.storeNodes.push(node);
      this.nodes.register(node);
    }
    await this.progress.step(
      store,
      nodes.length === 1 ? 'starting' : `starting ${nodes.length} nodes`,
      async () => {
        await Promise.all(
          nodes.map(async (node) => {
            await node.start();
            await node.waitUntilReady(READY_MILLISECONDS);
          }),
        );
        await waitUntil(isWhole, 100, this.ending.signal);
      },
    );
  }

  private recordProcesses(): void {
    this.directory.writeRun({
      controlSocket: this.directory.controlSocket,
      processes: this.storeNodes.flatMap(({ pid, title }) => {
        const identity = pid === undefined ? undefined : identifyProcess(pid);
        return identity === undefined ? [] : [{ title, ...identity }];
      }),
    });
  }

  private addressesOf(ports: StorePorts, contactPoints: string[], javaCommand: string): StoreAddresses {
    return {
      kafka: {
        brokers: ports.kafka.map(({ client }) => `127.0.0.1:${client}`),
        proxiedListeners: ports.kafka.map(({ proxied, proxy }, index) => ({
          brokerId: index + 1,
          host: '127.0.0.1',
          proxyPort: proxy,
          listenerPort: proxied,
        })),
      },
      cassandra: {
        contactPoints,
        port: ports.cassandra.native,
        localDataCenter: DATA_CENTER,
        nodetool: contactPoints.map((_, index) => [
          javaCommand,
          `@${nodetoolFile(this.directory, index + 1)}`,
        ]),
      },
      dynamodb: { endpoint: `http://127.0.0.1:${ports.dynamodb}` },
      replicationFactor: contactPoints.length,
      controlSocket: this.directory.controlSocket,
    };
  }

  private async stopAll(reason: string): Promise<void> {
    this.ending.abort(new OperatorError(`The stores were stopped: ${reason}.`));
    await Promise.allSettled(this.storeNodes.map((node) => node.stop()));
    await this.starting?.catch(() => undefined);
    await Promise.allSettled(this.tasks);
    await Promise.allSettled(this.storeNodes.map((node) => node.stop()));
    for (const undo of this.undo.reverse()) await undo();
  }
}

function newClusterId(): string {
  // Its first character must not be a dash, or the formatting tool takes it for an option.
  return `P${randomBytes(16).toString('base64url').slice(1)}`;
}
