import { tableSetting } from '../../core/contract/dynamodb-tables.ts';
import type { DynamoTable } from '../../core/contract/functions.ts';
import { SESSION_TOKEN_LIFETIME_SECONDS } from '../../core/contract/limits.ts';
import type { RoleCredentials } from '../application/ports/role-credentials.ts';

/**
 * The names of all settings that functions read, once, and how each is parsed, once. A missing or wrong value throws
 * one sentence that names it. Nothing else in `lambdas/` reads the environment.
 */
export class SettingError extends Error {
  constructor(name: string, sentence: string) {
    super(`The setting ${name} ${sentence}.`);
    this.name = 'SettingError';
  }
}

type Source = Readonly<Record<string, string | undefined>>;

function text(source: Source, name: string): string {
  const value = source[name];
  if (value === undefined || value === '') throw new SettingError(name, 'is missing');
  return value;
}

function list(source: Source, name: string): string[] {
  return text(source, name)
    .split(',')
    .map((item) => item.trim());
}

function integer(source: Source, name: string, minimum: number, maximum: number, fallback?: number): number {
  const value = source[name];
  if ((value === undefined || value === '') && fallback !== undefined) return fallback;
  const number = Number(text(source, name));
  if (!Number.isInteger(number) || number < minimum || number > maximum) {
    throw new SettingError(name, `must be a whole number from ${minimum} to ${maximum}`);
  }
  return number;
}

function oneOf<const T extends string>(source: Source, name: string, allowed: readonly T[], fallback: T): T {
  const value = source[name] ?? fallback;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new SettingError(name, `must be one of ${allowed.join(', ')}`);
  return found;
}

/** How functions reach Kafka. `iam` is MSK's own; `scram` reads user name and password from `secret`. */
export interface KafkaSettings {
  readonly brokers: readonly string[];
  readonly authentication: 'none' | 'iam' | 'scram';
  readonly tls: boolean;
  /** Where the certificates are that the brokers' are signed with: see `readAuthority`. Absent: Node's own list. */
  readonly tlsAuthority: string | undefined;
  readonly region: string;
  /** Where the secret is, for `scram`: see `readSecret`. */
  readonly secret: string | undefined;
  /** Put before the names of topics and groups, so that several systems share one cluster. */
  readonly topicPrefix: string;
  /** 0–127; see docs/decisions. */
  readonly messagesGeneration: number;
}

export function kafkaSettings(source: Source = process.env): KafkaSettings {
  return {
    brokers: list(source, 'KAFKA_BROKERS'),
    authentication: oneOf(source, 'KAFKA_AUTHENTICATION', ['none', 'iam', 'scram'], 'none'),
    tls: oneOf(source, 'KAFKA_TLS', ['on', 'off'], 'off') === 'on',
    tlsAuthority: source.KAFKA_TLS_AUTHORITY,
    region: source.AWS_REGION ?? 'us-east-1',
    secret: source.KAFKA_SECRET,
    ...logSettings(source),
  };
}

/** The MSK cluster whose brokers are looked for, and for which kind of authentication. */
export function mskSettings(source: Source = process.env): {
  clusterArn: string;
  listener: 'iam' | 'scram';
} {
  return {
    clusterArn: text(source, 'MSK_CLUSTER'),
    listener: oneOf(source, 'KAFKA_AUTHENTICATION', ['iam', 'scram'], 'iam'),
  };
}

export function logSettings(source: Source = process.env): {
  topicPrefix: string;
  messagesGeneration: number;
} {
  return {
    topicPrefix: source.TOPIC_PREFIX ?? '',
    messagesGeneration: integer(source, 'MESSAGES_GENERATION', 0, 127, 0),
  };
}

/** How functions reach Cassandra or Amazon Keyspaces. */
export interface CassandraSettings {
  readonly contactPoints: readonly string[];
  readonly port: number;
  readonly localDataCenter: string;
  readonly keyspace: string;
  readonly replicationFactor: number;
  readonly authentication: 'none' | 'password' | 'sigv4';
  /** Where user name and password are, for `password`: see `readSecret`. */
  readonly secret: string | undefined;
  readonly tls: boolean;
  /** Where the certificates are that the nodes' are signed with: see `readAuthority`. Absent: Node's own list. */
  readonly tlsAuthority: string | undefined;
  readonly region: string;
  /** Keyspaces takes client timestamps only near the present, so positions can't be timestamps there. */
  readonly dialect: 'cassandra' | 'keyspaces';
}

export function cassandraSettings(source: Source = process.env): CassandraSettings {
  return {
    contactPoints: list(source, 'CASSANDRA_CONTACT_POINTS'),
    port: integer(source, 'CASSANDRA_PORT', 1, 65_535, 9042),
    localDataCenter: text(source, 'CASSANDRA_LOCAL_DATA_CENTER'),
    keyspace: text(source, 'CASSANDRA_KEYSPACE'),
    replicationFactor: integer(source, 'CASSANDRA_REPLICATION_FACTOR', 1, 5, 3),
    authentication: oneOf(source, 'CASSANDRA_AUTHENTICATION', ['none', 'password', 'sigv4'], 'none'),
    secret: source.CASSANDRA_SECRET,
    tls: oneOf(source, 'CASSANDRA_TLS', ['on', 'off'], 'off') === 'on',
    tlsAuthority: source.CASSANDRA_TLS_AUTHORITY,
    region: source.AWS_REGION ?? 'us-east-1',
    dialect: oneOf(source, 'CASSANDRA_DIALECT', ['cassandra', 'keyspaces'], 'cassandra'),
  };
}

/**
 * The credentials of the function's role; Lambda sets these three.
 *
 * @throws {SettingError} where there are none
 */
export function roleCredentials(source: Source = process.env): RoleCredentials {
  return {
    accessKeyId: text(source, 'AWS_ACCESS_KEY_ID'),
    secretAccessKey: text(source, 'AWS_SECRET_ACCESS_KEY'),
    sessionToken: source.AWS_SESSION_TOKEN,
  };
}

/** How functions reach DynamoDB; `endpoint` only where it is not AWS's own. */
export interface DynamoSettings {
  readonly endpoint: string | undefined;
  readonly region: string;
  /** Physical name of each table: setting `TABLE_<NAME>`, for example TABLE_LIVE_AUDIENCES. */
  tableName(table: DynamoTable): string;
}

export function dynamoSettings(source: Source = process.env): DynamoSettings {
  return {
    endpoint: source.DYNAMODB_ENDPOINT,
    region: source.AWS_REGION ?? 'us-east-1',
    tableName: (table) => text(source, tableSetting(table)),
  };
}

/** Secrets are named by where they are, never given: `file:<path>`, or `secret:<ARN>` in Secrets Manager. See `readSecret`. */
export function sessionSettings(source: Source = process.env): {
  keys: string;
  tokenLifetimeSeconds: number;
} {
  return {
    keys: text(source, 'SESSION_KEYS'),
    tokenLifetimeSeconds: integer(
      source,
      'SESSION_TOKEN_LIFETIME_SECONDS',
      1,
      86_400,
      SESSION_TOKEN_LIFETIME_SECONDS,
    ),
  };
}

/** Where the secret is that CloudFront (or the local gateway) sends along; see ORIGIN_SECRET_HEADER. */
export function originSettings(source: Source = process.env): { secret: string } {
  return { secret: text(source, 'ORIGIN_SECRET') };
}

/** Endpoint of the `@connections` API: `https://{api}.execute-api.{region}.amazonaws.com/{stage}`. */
export function connectionsSettings(source: Source = process.env): { endpoint: string; region: string } {
  return { endpoint: text(source, 'CONNECTIONS_ENDPOINT'), region: source.AWS_REGION ?? 'us-east-1' };
}

/** Partition counts that the set-up function makes or expects: the cloud's or one machine's. */
export function setUpSettings(source: Source = process.env): {
  partitions: 'cloud' | 'local';
  kafkaReplicationFactor: number;
  createsTopics: boolean;
} {
  return {
    partitions: oneOf(source, 'TOPIC_PARTITIONS', ['cloud', 'local'], 'cloud'),
    kafkaReplicationFactor: integer(source, 'KAFKA_REPLICATION_FACTOR', 1, 5, 3),
    createsTopics: oneOf(source, 'CREATES_TOPICS', ['yes', 'no'], 'no') === 'yes',
  };
}

/**
 * By how much the limits per address are raised: an office behind one address, or a load test, is many people. 1 unless
 * it is set.
 */
export function addressLimitFactor(source: Source = process.env): number {
  return integer(source, 'ADDRESS_LIMIT_FACTOR', 1, 1_000_000, 1);
}

/** Where the certificates of Cassandra nodes are kept, and whom they are for; secrets by their ARNs. */
export function certificateSettings(source: Source = process.env): {
  authoritySecret: string;
  trustSecret: string;
  /** One a node, in the order of the nodes' addresses. */
  nodeSecrets: string[];
  nodeAddresses: string[];
} {
  const settings = {
    authoritySecret: text(source, 'CASSANDRA_AUTHORITY_SECRET'),
    trustSecret: text(source, 'CASSANDRA_TRUST_SECRET'),
    nodeSecrets: list(source, 'CASSANDRA_NODE_SECRETS'),
    nodeAddresses: list(source, 'CASSANDRA_NODE_ADDRESSES'),
  };
  if (settings.nodeSecrets.length !== settings.nodeAddresses.length) {
    throw new SettingError(
      'CASSANDRA_NODE_SECRETS',
      'must name one secret for each of CASSANDRA_NODE_ADDRESSES',
    );
  }
  return settings;
}

/** The secrets with the roles of Cassandra, by their ARNs. */
export function databaseRoleSettings(source: Source = process.env): {
  administratorSecret: string;
  applicationSecret: string;
} {
  return {
    administratorSecret: text(source, 'CASSANDRA_ADMINISTRATOR_SECRET'),
    applicationSecret: text(source, 'CASSANDRA_APPLICATION_SECRET'),
  };
}
