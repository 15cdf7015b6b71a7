import type { FunctionRuntime } from '../functions/function-runtime.ts';
import type { Invoke } from '../functions/invocation.ts';
import { LikeLambdaRuntime } from '../functions/like-lambda-runtime.ts';
import type { RuntimeOptions } from '../functions/runtime-core.ts';
import { SharedRuntime } from '../functions/shared-runtime.ts';
import { Gateway } from '../gateway/gateway.ts';
import { OperatorError } from '../processes/operator-error.ts';
import { ConsumerThread } from './consumer-thread.ts';
import { CONSUMER_FUNCTIONS, type ConsumerControl, Consumers } from './consumers.ts';
import { createDynamoTables } from './dynamodb-tables.ts';
import { eventSourceOptions } from './event-source-options.ts';
import { logLine } from './log-line.ts';
import { offersSetting } from './offered-settings.ts';
import { startSchedules } from './schedules.ts';
import { readOriginSecret } from './secrets.ts';
import type { SystemConfiguration, SystemStep } from './system-messages.ts';

/** Everything that AWS would run, in this process: functions, event sources, schedules and gateway. */
export class System {
  private readonly runtime: FunctionRuntime;
  readonly consumers: ConsumerControl;
  readonly port: number;
  readonly connectionsEndpoint: string;
  readonly gateway: Gateway;
  private readonly endSchedules: () => void;

  private constructor(parts: {
    runtime: FunctionRuntime;
    consumers: ConsumerControl;
    port: number;
    connectionsEndpoint: string;
    gateway: Gateway;
    endSchedules: () => void;
  }) {
    this.runtime = parts.runtime;
    this.consumers = parts.consumers;
    this.port = parts.port;
    this.connectionsEndpoint = parts.connectionsEndpoint;
    this.gateway = parts.gateway;
    this.endSchedules = parts.endSchedules;
  }

  /**
   * @param onStep called when a step of the start has ended
   * @throws OperatorError when the port is taken or the set-up function fails
   */
  static async start(
    configuration: SystemConfiguration,
    onStep: (step: SystemStep, seconds: number) => void,
  ): Promise<System> {
    const step = async <Value>(name: SystemStep, run: () => Promise<Value>): Promise<Value> => {
      const begun = performance.now();
      const value = await run();
      onStep(name, (performance.now() - begun) / 1_000);
      return value;
    };
    const gateway = new Gateway({
      invoke: (name, event) => runtime.invoke(name, event),
      originSecret: await readOriginSecret(configuration.originSecretFile),
      pageDirectory: configuration.pageDirectory,
      socketLimits: configuration.socketLimits,
      log: logLine,
    });
    const connectionsEndpoint = await gateway.openConnections();
    const runtime = createRuntime(configuration, connectionsEndpoint);
    const { setUp } = configuration;
    if (setUp !== undefined) {
      await step('tables', () => createDynamoTables(setUp.dynamodbEndpoint, setUp.tablePrefix));
      await step('topics and schema', () => setUpStores(runtime));
    }
    const consumers = createConsumers(configuration, connectionsEndpoint, runtime);
    for (const name of CONSUMER_FUNCTIONS) {
      if (!configuration.stopped.includes(name)) await consumers.control('start', name);
    }
    const port = await step('gateway', () => openGateway(gateway, configuration.port));
    const endSchedules = startSchedules(runtime.invoke);
    return new System({ runtime, consumers, port, connectionsEndpoint, gateway, endSchedules });
  }

  /** Invokes any function. */
  readonly invoke: Invoke = (functionName, event) =>
    isConsumer(functionName)
      ? this.consumers.invoke(functionName, event)
      : this.runtime.invoke(functionName, event);

  /** Within about 2 s, whatever is still under way. */
  async stop(): Promise<void> {
    this.endSchedules();
    await Promise.all([this.consumers.stopAll(), this.gateway.close()]);
    await this.runtime.close();
  }
}

function isConsumer(functionName: string): boolean {
  return CONSUMER_FUNCTIONS.some((name) => name === functionName);
}

function createRuntime(configuration: SystemConfiguration, connectionsEndpoint: string): FunctionRuntime {
  const common = runtimeOptions(configuration, connectionsEndpoint);
  return configuration.likeLambda === undefined
    ? new SharedRuntime({ ...common, inThreads: {} })
    : new LikeLambdaRuntime({
        ...common,
        ...configuration.likeLambda,
        instancesFile: configuration.instancesFile,
        offers: offersSetting,
      });
}

function createConsumers(
  configuration: SystemConfiguration,
  connectionsEndpoint: string,
  runtime: FunctionRuntime,
): ConsumerControl {
  if (configuration.likeLambda !== undefined)
    return new Consumers(runtime, eventSourceOptions(configuration, runtime.invoke));
  const { brokers, topicPrefix, consumerThreadBundle } = configuration;
  return new ConsumerThread(consumerThreadBundle, {
    ...runtimeOptions(configuration, connectionsEndpoint),
    brokers,
    topicPrefix,
  });
}

function runtimeOptions(
  { functions, instanceBundle, environment }: SystemConfiguration,
  connectionsEndpoint: string,
): RuntimeOptions {
  return {
    functions,
    instanceBundle,
    environment: { ...environment, CONNECTIONS_ENDPOINT: connectionsEndpoint },
  };
}

async function setUpStores(runtime: FunctionRuntime): Promise<void> {
  const result = await runtime.invoke('set-up-stores', {});
  if (result.kind === 'returned') return;
  const reason = result.kind === 'failed' ? result.errorMessage : result.kind;
  throw new OperatorError(
    `Topics and tables could not be set up (${reason}); the functions' log has the details.`,
  );
}

async function openGateway(gateway: Gateway, port: number): Promise<number> {
  try {
    return await gateway.open(port);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new OperatorError(
      `Port ${port} is taken: stop what listens there, or choose another one with --port.`,
    );
  }
}
