import { DYNAMODB_TABLES } from '../../core/contract/dynamodb-tables.ts';
import type { DynamoTable } from '../../core/contract/functions.ts';
import { ConfigError } from './config-error.ts';
import type { ContextReader } from './context-reader.ts';
import type { DatabaseConfig } from './database-config.ts';
import {
  CLUSTER_ARN,
  CLUSTER_ARN_TEXT,
  type KafkaConfig,
  SECRET_ARN,
  SECRET_ARN_TEXT,
} from './kafka-config.ts';

/** What an earlier deployment has left behind and this one takes over. */
export interface Restore {
  /** Physical names of retained DynamoDB tables. */
  readonly tables: Readonly<Partial<Record<DynamoTable, string>>>;
  /**
   * EBS snapshots of the Cassandra nodes' volumes, in the order of the zones; or none. Undefined for a volume that was made anew
   * since: the node fetches what was on it from the others, who know better than the snapshot.
   */
  readonly snapshots: readonly (string | undefined)[];
  /** Name of the bucket with the backups of an earlier cluster, which the nodes may read beside their own. */
  readonly backups: string | undefined;
  /** ARN of the secret of the Cassandra cluster's administrator, which comes with the snapshots or the backups. */
  readonly administratorSecretArn: string | undefined;
  /** ARN of an MSK cluster with its topics, in the network that stands. */
  readonly clusterArn: string | undefined;
  /** Name of a keyspace of Amazon Keyspaces with its tables. */
  readonly keyspace: string | undefined;
}

export interface RestoreSurroundings {
  readonly kafka: KafkaConfig;
  readonly database: DatabaseConfig['kind'];
  /** How often the volume of each node was made anew, in the order of the zones. */
  readonly volumeGenerations: readonly string[];
}

/** Whose items nobody can make again. */
const WITHOUT_A_LOG: ReadonlySet<DynamoTable> = new Set(['identities', 'memberships']);

/** The keys `restore.…`. */
export function readRestore(reader: ContextReader, surroundings: RestoreSurroundings): Restore {
  const { kafka, database, volumeGenerations } = surroundings;
  const clusterArn = reader.text('restore.cluster', CLUSTER_ARN, CLUSTER_ARN_TEXT);
  if (clusterArn !== undefined && kafka.kind !== 'msk') {
    throw new ConfigError(
      'restore.cluster',
      'needs kafka=msk: a cluster that this system has not made is existing.kafka.cluster',
    );
  }
  const keyspace = reader.text(
    'restore.keyspace',
    /^[a-z0-9][a-z0-9_]{0,47}$/,
    'the name of a keyspace in lower case, as this system gives them',
  );
  if (keyspace !== undefined && database !== 'keyspaces') {
    throw new ConfigError('restore.keyspace', 'needs database=keyspaces, where keyspaces are kept');
  }
  const nodes = readNodes(reader, database);
  const restore: Restore = {
    tables: readTables(reader, clusterArn),
    ...nodes,
    snapshots: nodes.snapshots.map((snapshot, index) =>
      volumeGenerations[index] === '1' ? snapshot : undefined,
    ),
    clusterArn,
    keyspace,
  };
  checkGeneration(restore, kafka);
  return restore;
}

function readTables(reader: ContextReader, clusterArn: string | undefined): Restore['tables'] {
  const tables: Partial<Record<DynamoTable, string>> = {};
  for (const table of Object.keys(DYNAMODB_TABLES) as DynamoTable[]) {
    const key = `restore.tables.${table}`;
    const name = reader.text(key, /^[\w.-]{3,255}$/, 'the name of a DynamoDB table');
    if (name === undefined) continue;
    if (table === 'progress' && clusterArn === undefined) {
      throw new ConfigError(key, 'needs restore.cluster: how far one log was read says nothing of another');
    }
    if (table !== 'progress' && !WITHOUT_A_LOG.has(table)) {
      throw new ConfigError(
        key,
        'can not be taken over: only identities, memberships and, with restore.cluster, progress can, and all others begin empty without harm',
      );
    }
    tables[table] = name;
  }
  return tables;
}

function readNodes(
  reader: ContextReader,
  database: DatabaseConfig['kind'],
): Pick<Restore, 'backups' | 'administratorSecretArn'> & { readonly snapshots: readonly string[] } {
  const snapshots =
    reader.list('restore.snapshots', /^snap-[0-9a-f]+$/, 'ids of EBS snapshots such as snap-0a1b2c3d') ?? [];
  if (snapshots.length > 0 && database !== 'cassandra') {
    throw new ConfigError('restore.snapshots', 'needs database=cassandra, whose volumes they are of');
  }
  if (snapshots.length > 0 && snapshots.length !== 3) {
    throw new ConfigError('restore.snapshots', 'must be three, one for each node in the order of the zones');
  }
  const backups = reader.text(
    'restore.backups',
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'the name of an S3 bucket',
  );
  if (backups !== undefined && database !== 'cassandra') {
    throw new ConfigError('restore.backups', 'needs database=cassandra, whose nodes read them');
  }
  const administratorSecretArn = reader.text('restore.administratorSecret', SECRET_ARN, SECRET_ARN_TEXT);
  const comesWithData = snapshots.length > 0 || backups !== undefined;
  if (comesWithData && administratorSecretArn === undefined) {
    throw new ConfigError(
      'restore.administratorSecret',
      'is missing: what restore.snapshots and restore.backups hold knows the administrator of the cluster it comes from, and no other',
    );
  }
  if (!comesWithData && administratorSecretArn !== undefined) {
    throw new ConfigError(
      'restore.administratorSecret',
      'needs restore.snapshots or restore.backups beside it: the administrator of new nodes is made with them',
    );
  }
  return { snapshots, backups, administratorSecretArn };
}

/** An id says where in the log a message stands: with another log of the same generation, new messages would sort before old ones. */
function checkGeneration(
  { snapshots, backups, keyspace, clusterArn }: Restore,
  { kind, messagesGeneration }: KafkaConfig,
): void {
  const keepsMessages = snapshots.length > 0 || backups !== undefined || keyspace !== undefined;
  if (!keepsMessages || kind !== 'msk' || clusterArn !== undefined || messagesGeneration > 0) return;
  throw new ConfigError(
    'restore.cluster',
    'is missing: the messages of a kept database go on in the log of its own cluster; where that is lost, count messagesGeneration up',
  );
}
