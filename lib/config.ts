import { DYNAMODB_TABLES } from '../core/contract/dynamodb-tables.ts';
import type { DynamoTable } from '../core/contract/functions.ts';
import { ConfigError } from './config/config-error.ts';
import { ContextReader } from './config/context-reader.ts';
import { type DatabaseConfig, readDatabase } from './config/database-config.ts';
import {
  CLUSTER_ARN,
  CLUSTER_ARN_TEXT,
  type KafkaConfig,
  readKafka,
  SECRET_ARN,
  SECRET_ARN_TEXT,
} from './config/kafka-config.ts';
import { type NetworkConfig, readNetwork } from './config/network-config.ts';

export type Profile = 'dev' | 'prod';

/** Every choice of a deployment, checked. `docs/deploy.md` tells what each key means. */
export interface Config {
  readonly profile: Profile;
  readonly region: string;
  readonly network: NetworkConfig;
  readonly kafka: KafkaConfig;
  readonly database: DatabaseConfig;
  /** Who reads the log: event source mappings, or a poller of the user's own that invokes the functions. */
  readonly eventSource: 'lambda' | 'external';
  /** Who fills the page's bucket: the web stack, or whoever runs the command that it prints. */
  readonly uploadPage: 'stack' | 'cli';
  readonly waf: boolean;
  readonly alarms: boolean;
  readonly alarmEmail: string | undefined;
  /** The stack sets the account's role for API Gateway's logs, of which there is one per account and region. */
  readonly manageApiGatewayAccount: boolean;
  readonly reservedConcurrency: boolean;
  /** Secrets are rotated by a function of ours. */
  readonly rotateSecrets: boolean;
  /** A frame that the client sends may be answered over the socket; some endpoints have no route responses. */
  readonly socketAnswers: boolean;
  /** Where functions reach `@connections`; `{api}` stands for the id of the WebSocket API. AWS's own by default. */
  readonly connectionsEndpoint: string | undefined;
  readonly domain: { readonly name: string; readonly certificateArn: string } | undefined;
  /** The version of the origin secret that CloudFront sends; the current one at the time of a deployment by default. */
  readonly originSecretVersion: string | undefined;
  /** The nodes' machine image; by default the newest at the first deployment, which is then kept. */
  readonly ami: string | undefined;
  /** How often the volume of each node was made anew, in the order of the zones. */
  readonly volumeGenerations: readonly string[];
  readonly restore: Restore;
}

/** What an earlier deployment has left behind and this one takes over. */
export interface Restore {
  /** Physical names of retained DynamoDB tables. */
  readonly tables: Readonly<Partial<Record<DynamoTable, string>>>;
  /**
   * EBS snapshots of the Cassandra nodes' volumes, in the order of the zones; or none. Undefined for a volume that was made anew
   * since: the node fetches what was on it from the others, who know better than the snapshot.
   */
  readonly snapshots: readonly (string | undefined)[];
  /** ARN of the secret of the Cassandra cluster's administrator, which comes with the snapshots. */
  readonly administratorSecretArn: string | undefined;
  /** ARN of an MSK cluster with its topics, in the network that stands. */
  readonly clusterArn: string | undefined;
  /** Name of a keyspace of Amazon Keyspaces with its tables. */
  readonly keyspace: string | undefined;
}

/**
 * Reads and checks the CDK's context.
 *
 * @throws {ConfigError} one sentence that names the key and says what is allowed
 */
export function readConfig(context: Readonly<Record<string, unknown>>): Config {
  const reader = new ContextReader(context);
  const profile = reader.oneOf('profile', ['dev', 'prod'], 'dev');
  const kafka = readKafka(reader);
  const database = readDatabase(reader);
  const network = readNetwork(reader, {
    kafka: kafka.kind === 'msk' ? 'msk' : 'existing',
    database: database.kind,
  });
  const alarms = reader.flag('alarms', true);
  const volumeGenerations = reader.list(
    'volumeGenerations',
    /^[1-9]\d*$/,
    'whole numbers from 1 on, one for each node',
  ) ?? ['1', '1', '1'];
  const config: Config = {
    profile,
    region:
      reader.text('region', /^[a-z]{2}(-[a-z]+)+-\d$/, 'the name of an AWS region such as us-east-1') ??
      'us-east-1',
    network,
    kafka,
    database,
    eventSource: reader.oneOf('eventSource', ['lambda', 'external'], 'lambda'),
    uploadPage: reader.oneOf('uploadPage', ['stack', 'cli'], 'stack'),
    waf: reader.flag('waf', true),
    alarms,
    alarmEmail: reader.text('alarmEmail', /^\S+@\S+\.\S+$/, 'an e-mail address'),
    manageApiGatewayAccount: reader.flag('manageApiGatewayAccount', true),
    reservedConcurrency: reader.flag('reservedConcurrency', profile === 'prod'),
    rotateSecrets: reader.flag('rotateSecrets', true),
    socketAnswers: reader.flag('socketAnswers', true),
    connectionsEndpoint: reader.text('connectionsEndpoint', /^https?:\/\/\S+$/, 'an http or https address'),
    domain: readDomain(reader),
    originSecretVersion: reader.text(
      'originSecretVersion',
      /^[\w-]{32,64}$/,
      'the id of a version of the secret',
    ),
    volumeGenerations,
    ami: reader.text('ami', /^ami-[0-9a-f]+$/, 'the id of a machine image such as ami-0a1b2c3d'),
    restore: readRestore(reader, { kafka: kafka.kind, database: database.kind, volumeGenerations }),
  };
  reader.refuseUnknown();
  if (!alarms && config.alarmEmail !== undefined) {
    throw new ConfigError('alarmEmail', 'does not go with alarms=false');
  }
  if (reader.has('volumeGenerations') && database.kind !== 'cassandra') {
    throw new ConfigError('volumeGenerations', 'needs database=cassandra, whose volumes they count');
  }
  if (config.volumeGenerations.length !== 3) {
    throw new ConfigError(
      'volumeGenerations',
      'must be three, such as 1,2,1 for a new volume of the second node',
    );
  }
  if (config.ami !== undefined && database.kind !== 'cassandra') {
    throw new ConfigError('ami', 'needs database=cassandra, whose nodes it is for');
  }
  checkEventSource(config);
  checkGeneration(config);
  return config;
}

function readDomain(reader: ContextReader): Config['domain'] {
  const name = reader.text('domain', /^([a-z0-9-]+\.)+[a-z]{2,}$/, 'a domain name in lower case');
  const certificateArn = reader.text(
    'certificate',
    // CloudFront takes certificates from this region alone.
    /^arn:[\w-]+:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
    'the ARN of an ACM certificate in us-east-1',
  );
  if (name === undefined && certificateArn === undefined) return undefined;
  if (name === undefined) throw new ConfigError('domain', 'is missing: certificate needs the name it is for');
  if (certificateArn === undefined) {
    throw new ConfigError(
      'certificate',
      'is missing: domain needs the ARN of an ACM certificate in us-east-1',
    );
  }
  return { name, certificateArn };
}

function readRestore(
  reader: ContextReader,
  {
    kafka,
    database,
    volumeGenerations,
  }: {
    kafka: KafkaConfig['kind'];
    database: DatabaseConfig['kind'];
    volumeGenerations: readonly string[];
  },
): Restore {
  const tables: Partial<Record<DynamoTable, string>> = {};
  for (const table of Object.keys(DYNAMODB_TABLES) as DynamoTable[]) {
    const name = reader.text(`restore.tables.${table}`, /^[\w.-]{3,255}$/, 'the name of a DynamoDB table');
    if (name !== undefined) tables[table] = name;
  }
  const snapshots =
    reader.list('restore.snapshots', /^snap-[0-9a-f]+$/, 'ids of EBS snapshots such as snap-0a1b2c3d') ?? [];
  if (snapshots.length > 0 && database !== 'cassandra') {
    throw new ConfigError('restore.snapshots', 'needs database=cassandra, whose volumes they are of');
  }
  if (snapshots.length > 0 && snapshots.length !== 3) {
    throw new ConfigError('restore.snapshots', 'must be three, one for each node in the order of the zones');
  }
  const administratorSecretArn = reader.text('restore.administratorSecret', SECRET_ARN, SECRET_ARN_TEXT);
  if (snapshots.length > 0 && administratorSecretArn === undefined) {
    throw new ConfigError(
      'restore.administratorSecret',
      'is missing: nodes that begin from restore.snapshots know the administrator of the cluster they come from, and no other',
    );
  }
  if (snapshots.length === 0 && administratorSecretArn !== undefined) {
    throw new ConfigError(
      'restore.administratorSecret',
      'needs restore.snapshots beside it: the administrator of new nodes is made with them',
    );
  }
  const clusterArn = reader.text('restore.cluster', CLUSTER_ARN, CLUSTER_ARN_TEXT);
  if (clusterArn !== undefined && kafka !== 'msk') {
    throw new ConfigError(
      'restore.cluster',
      'needs kafka=msk: a cluster that this system has not made is existing.kafka.cluster',
    );
  }
  const keyspace = reader.text('restore.keyspace', /^[a-zA-Z0-9]\w{0,47}$/, 'the name of a keyspace');
  if (keyspace !== undefined && database !== 'keyspaces') {
    throw new ConfigError('restore.keyspace', 'needs database=keyspaces, where keyspaces are kept');
  }
  return {
    tables,
    snapshots: snapshots.map((snapshot, index) => (volumeGenerations[index] === '1' ? snapshot : undefined)),
    administratorSecretArn,
    clusterArn,
    keyspace,
  };
}

/** An id says where in the log a message stands: with another log of the same generation, new messages would sort before old ones. */
function checkGeneration({ kafka, restore }: Config): void {
  const keepsMessages = restore.snapshots.length > 0 || restore.keyspace !== undefined;
  if (!keepsMessages || kafka.kind !== 'msk' || restore.clusterArn !== undefined) return;
  if (kafka.messagesGeneration > 0) return;
  throw new ConfigError(
    'restore.cluster',
    'is missing: the messages of a kept database go on in the log of its own cluster; where that is lost, count messagesGeneration up',
  );
}

/** Lambda reads brokers of one's own over a network it is told, or with a password. */
function checkEventSource({ eventSource, kafka, network }: Config): void {
  if (eventSource === 'external' || kafka.kind !== 'existing-servers') return;
  if (kafka.secretArn === undefined && network.kind !== 'existing') {
    throw new ConfigError(
      'eventSource',
      'must be external where the brokers have neither existing.kafka.secret nor existing.vpc',
    );
  }
}
