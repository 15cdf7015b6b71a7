import { join, resolve } from 'node:path';
import { FUNCTIONS } from '../../core/contract/functions.ts';
import type { BuiltFunctions } from '../functions/build-functions.ts';
import { endLeftoverInstances } from '../functions/instance-records.ts';
import type { InvocationResult } from '../functions/invocation.ts';
import type { SocketLimits } from '../gateway/socket-limits.ts';
import type { ControlledPart, NodeControl } from '../processes/node-control.ts';
import { PartRegistry } from '../processes/part-registry.ts';
import type { StoreAddresses } from '../stores/stores.ts';
import { buildAllFunctions, consumerThreadBundle, systemBundle } from './build-all-functions.ts';
import { PAGE_DIRECTORY } from './build-directories.ts';
import { CONSUMER_FUNCTIONS } from './consumers.ts';
import { functionEnvironment, type Names } from './function-environment.ts';
import { consumerPart, gatewayPart } from './parts.ts';
import { keepSecrets } from './secrets.ts';
import type {
  LikeLambdaLimits,
  SystemAddresses,
  SystemConfiguration,
  SystemStep,
} from './system-messages.ts';
import { SystemProcess } from './system-process.ts';

export interface StartPingMeOptions extends Partial<Names> {
  /** The running stores, or their addresses. */
  readonly stores: StoreAddresses;
  /** Secrets and logs are kept here. */
  readonly dataDirectory: string;
  /** Of the origin; any free one by default. */
  readonly port?: number;
  /** Keeps Lambda's execution model: an instance runs one invocation at a time and is frozen in between. */
  readonly likeLambda?: boolean | LikeLambdaLimits;
  /** Settings of the functions, by the names of `lambdas/runtime/environment.ts`; for example a shorter token lifetime. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly socketLimits?: Partial<SocketLimits>;
  /** Functions that were bundled already; by default they are bundled now, as far as they have changed. */
  readonly functions?: BuiltFunctions;
  /** The built page; `web/dist` by default. */
  readonly pageDirectory?: string;
  /** Aborting ends a start half way; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onStep?: (step: SystemStep, seconds: number) => void;
  /** Called when the system's process ends without having been asked to. */
  readonly onUnexpectedEnd?: () => void;
}

/** A running system. */
export interface PingMe {
  /** "http://localhost:3000" */
  readonly url: string;
  readonly port: number;
  /** Where functions post to live connections; another one after the gateway was started again. */
  readonly connectionsEndpoint: string;
  /** Where functions, event sources and gateway write. */
  readonly logFile: string;
  /** The settings that the functions run with; no secrets, only where they are. */
  readonly functionSettings: Readonly<Record<string, string>>;
  /** `gateway`, `store` and `deliver`: stop, kill, start. Stopping a function switches its event sources off. */
  readonly control: NodeControl;
  /** The same parts, to be registered with the control of the stores. */
  readonly parts: readonly ControlledPart[];
  /** Invokes any function, past the gateway. */
  invoke(functionName: string, event: unknown): Promise<InvocationResult>;
  stop(): Promise<void>;
}

/**
 * Starts functions, event sources and gateway on running stores, in a process of their own. Tables, topics and schema are
 * made or brought up to date first.
 *
 * @example
 * const pingMe = await startPingMe({ stores, dataDirectory, topicPrefix: 't1-', keyspace: 't1', tablePrefix: 't1-' });
 * await fetch(`${pingMe.url}/api/health`);
 * await pingMe.control.stop('store');
 * await pingMe.stop();
 * @throws OperatorError with a sentence for the person at the terminal
 */
export async function startPingMe(options: StartPingMeOptions): Promise<PingMe> {
  const names: Names = {
    topicPrefix: options.topicPrefix ?? '',
    keyspace: options.keyspace ?? 'ping_me',
    tablePrefix: options.tablePrefix ?? '',
  };
  const built = options.functions ?? (await buildAllFunctions());
  const secrets = await keepSecrets(options.dataDirectory);
  const functionSettings = functionEnvironment(options.stores, names, secrets, options.settings ?? {});
  const configuration: SystemConfiguration = {
    port: options.port ?? 0,
    functions: runnableFunctions(built),
    instanceBundle: built.instanceBundle,
    consumerThreadBundle: consumerThreadBundle(built),
    environment: functionSettings,
    likeLambda: options.likeLambda === true ? {} : options.likeLambda || undefined,
    instancesFile: resolve(options.dataDirectory, 'instances.json'),
    originSecretFile: secrets.originSecret,
    pageDirectory: resolve(options.pageDirectory ?? PAGE_DIRECTORY),
    brokers: options.stores.kafka.brokers,
    topicPrefix: names.topicPrefix,
    setUp: { dynamodbEndpoint: options.stores.dynamodb.endpoint, tablePrefix: names.tablePrefix },
    stopped: [],
    socketLimits: options.socketLimits ?? {},
  };
  const logFile = resolve(join(options.dataDirectory, 'logs', 'functions.log'));
  const system = new SystemProcess(
    systemBundle(built),
    logFile,
    options.onUnexpectedEnd ?? (() => undefined),
  );
  endLeftoverInstances(configuration.instancesFile, built.instanceBundle);
  const { port, connectionsEndpoint } = await startUnlessAborted(system, configuration, options);

  const stopped = new Set<string>();
  const restart = async () => {
    endLeftoverInstances(configuration.instancesFile, built.instanceBundle);
    await system.start({ ...configuration, port, setUp: undefined, stopped: [...stopped] }, () => undefined);
  };
  const parts = [
    gatewayPart(system, restart),
    ...CONSUMER_FUNCTIONS.map((name) => consumerPart(system, name, stopped)),
  ];
  const control = new PartRegistry();
  for (const part of parts) control.register(part);
  return {
    url: `http://localhost:${port}`,
    port,
    connectionsEndpoint,
    logFile,
    functionSettings,
    control,
    parts,
    invoke: (functionName, event) => system.invoke(functionName, event),
    stop: () => system.stop(),
  };
}

async function startUnlessAborted(
  system: SystemProcess,
  configuration: SystemConfiguration,
  { signal, onStep = () => undefined }: StartPingMeOptions,
): Promise<SystemAddresses> {
  signal?.throwIfAborted();
  const abort = () => void system.kill();
  signal?.addEventListener('abort', abort);
  try {
    return await system.start(configuration, onStep);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function runnableFunctions(built: BuiltFunctions): SystemConfiguration['functions'] {
  return Object.fromEntries(
    Object.entries(FUNCTIONS).map(([name, { timeoutSeconds, memoryMegabytes }]) => [
      name,
      { bundle: built.bundleOf(name), timeoutSeconds, memoryMegabytes },
    ]),
  );
}
