import { resolve } from 'node:path';
import { type App, Aspects, type Environment, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import { CustomResourceLogs } from './constructs/custom-resource-logs.ts';
import type { Database } from './constructs/database/database.ts';
import { ExistingDatabase } from './constructs/database/existing-database.ts';
import { ExistingLog } from './constructs/message-log/existing-log.ts';
import type { MessageLog } from './constructs/message-log/message-log.ts';
import { ExistingNetwork } from './constructs/network/existing-network.ts';
import type { Network } from './constructs/network/network.ts';
import { SIZES, type Sizes } from './sizes.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { DatabaseStack } from './stacks/database-stack.ts';
import { EdgeStack } from './stacks/edge-stack.ts';
import { LogStack } from './stacks/log-stack.ts';
import { NetworkStack } from './stacks/network-stack.ts';
import { OperationsStack } from './stacks/operations-stack.ts';
import { StateStack } from './stacks/state-stack.ts';
import { WebStack } from './stacks/web-stack.ts';

const ROOT = resolve(import.meta.dirname, '..');

export interface PingMeProps {
  readonly config: Config;
  /** The built page; `web/dist` by default. */
  readonly pageDirectory?: string;
  /** Cassandra's jars; `.ping-me/cassandra-jars` by default. */
  readonly jarsDirectory?: string;
}

/**
 * Every stack of a deployment. Those that hold data (log, database, state) and the network beneath them stand alone; api,
 * web and operations can be destroyed and made again without touching them.
 */
export class PingMe {
  readonly operations: OperationsStack;

  constructor(app: App, { config, ...directories }: PingMeProps) {
    const pageDirectory = directories.pageDirectory ?? resolve(ROOT, 'web/dist');
    const jarsDirectory = directories.jarsDirectory ?? resolve(ROOT, '.ping-me/cassandra-jars');
    const sizes = SIZES[config.profile];
    const env: Environment = { region: config.region };
    // Only then are there two regions; otherwise the reference is a plain export.
    const crossRegionReferences = config.waf && config.region !== 'us-east-1';
    const stateless = { config, sizes, env };
    const stateful = { ...stateless, terminationProtection: sizes.protectData };

    const stateStack = new StateStack(app, 'PingMe-State', {
      ...stateful,
      description: 'Ping Me: DynamoDB tables and secrets',
    });
    const { state } = stateStack;
    const network = networkOf(app, stateStack, stateful);
    const log = logOf(app, stateStack, network, stateful);
    const database = databaseOf(app, stateStack, network, { ...stateful, jarsDirectory });
    const api = new ApiStack(app, 'PingMe-Api', {
      ...stateless,
      log,
      database,
      state,
      network: network?.functions,
      description: 'Ping Me: functions, HTTP API, WebSocket API, consumers',
    });
    const edge = config.waf
      ? new EdgeStack(app, 'PingMe-Edge', {
          env: { region: 'us-east-1' },
          crossRegionReferences,
          description: 'Ping Me: the firewall before CloudFront',
        })
      : undefined;
    new WebStack(app, 'PingMe-Web', {
      ...stateless,
      api,
      originSecret: state.originSecret,
      webAclArn: edge?.webAclArn,
      crossRegionReferences,
      pageDirectory,
      description: 'Ping Me: the page and CloudFront',
    });
    this.operations = new OperationsStack(app, 'PingMe-Operations', {
      config,
      env,
      api,
      log,
      database,
      description: 'Ping Me: dashboard and alarms',
    });
    Aspects.of(app).add(new CustomResourceLogs(sizes));
    // Whatever changes on a parameter, CloudFormation writes its first value again; nodes keep there that they are in the ring.
    const taggable = { excludeResourceTypes: ['AWS::SSM::Parameter'] };
    Tags.of(app).add('project', 'ping-me', taggable);
    Tags.of(app).add('profile', config.profile, taggable);
  }
}

type StatefulProps = StackProps & { readonly config: Config; readonly sizes: Sizes };

/** What the user already has needs no stack of its own: it has no resources, and a stack can not be without. */
function networkOf(app: App, otherwise: Construct, props: StatefulProps): Network | undefined {
  const { network, kafka } = props.config;
  if (network.kind === 'none') return undefined;
  if (network.kind === 'existing' && kafka.kind !== 'msk') {
    return new ExistingNetwork(otherwise, 'Network', { config: network, withBrokers: false });
  }
  const description = 'Ping Me: VPC, endpoints, security groups';
  return new NetworkStack(app, 'PingMe-Network', { ...props, description }).network;
}

function logOf(
  app: App,
  otherwise: Construct,
  network: Network | undefined,
  props: StatefulProps,
): MessageLog {
  const { kafka, network: where } = props.config;
  if (kafka.kind === 'existing-servers') {
    return new ExistingLog(otherwise, 'Log', { cluster: kafka, network: where, sizes: props.sizes });
  }
  return new LogStack(app, 'PingMe-Log', { ...props, network, description: 'Ping Me: Kafka' }).log;
}

function databaseOf(
  app: App,
  otherwise: Construct,
  network: Network | undefined,
  props: StatefulProps & { readonly jarsDirectory: string },
): Database {
  const { database } = props.config;
  if (database.kind === 'existing') return new ExistingDatabase(otherwise, 'Database', database);
  const description = 'Ping Me: Cassandra';
  return new DatabaseStack(app, 'PingMe-Database', { ...props, network, description }).database;
}
