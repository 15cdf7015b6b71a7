import { resolve } from 'node:path';
import { DYNAMODB_TABLES, tableSetting } from '../../core/contract/dynamodb-tables.ts';
import type { DynamoTable } from '../../core/contract/functions.ts';
import { LOCAL_REGION } from '../functions/lambda-context.ts';
import type { StoreAddresses } from '../stores/stores.ts';
import type { SecretFiles } from './secrets.ts';

/** What keeps systems apart that share stores. */
export interface Names {
  /** Put before the names of topics and consumer groups. */
  readonly topicPrefix: string;
  readonly keyspace: string;
  /** Put before the names of DynamoDB tables. */
  readonly tablePrefix: string;
}

export const TABLE_NAMES = Object.keys(DYNAMODB_TABLES) as DynamoTable[];

/**
 * The settings of the functions on one machine, all but CONNECTIONS_ENDPOINT, which the gateway knows only once it listens.
 *
 * @param settings named by `lambdas/runtime/environment.ts`; they win
 */
export function functionEnvironment(
  stores: StoreAddresses,
  names: Names,
  secrets: SecretFiles,
  settings: Readonly<Record<string, string>>,
): Record<string, string> {
  const tables = TABLE_NAMES.map((table) => [tableSetting(table), names.tablePrefix + table] as const);
  return {
    KAFKA_BROKERS: stores.kafka.brokers.join(','),
    KAFKA_REPLICATION_FACTOR: String(stores.replicationFactor),
    TOPIC_PREFIX: names.topicPrefix,
    TOPIC_PARTITIONS: 'local',
    CREATES_TOPICS: 'yes',
    CASSANDRA_CONTACT_POINTS: stores.cassandra.contactPoints.join(','),
    CASSANDRA_PORT: String(stores.cassandra.port),
    CASSANDRA_LOCAL_DATA_CENTER: stores.cassandra.localDataCenter,
    CASSANDRA_KEYSPACE: names.keyspace,
    CASSANDRA_REPLICATION_FACTOR: String(stores.replicationFactor),
    DYNAMODB_ENDPOINT: stores.dynamodb.endpoint,
    ...Object.fromEntries(tables),
    SESSION_KEYS: `file:${resolve(secrets.sessionKeys)}`,
    ORIGIN_SECRET: `file:${resolve(secrets.originSecret)}`,
    AWS_REGION: LOCAL_REGION,
    // DynamoDB Local and our own endpoint take any credentials; without some the SDK looks for them on the network.
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    // What AWS runs is Node 24; the machine's own may be older than the SDK likes.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...settings,
  };
}
