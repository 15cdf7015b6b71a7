import type { CassandraTableDeclaration } from '../../../core/contract/cassandra-tables.ts';
import type { AlterTable, CreateKeyspace, CreateTable, Other } from './statement.ts';

export type Tables = Readonly<Record<string, CassandraTableDeclaration>>;

/** "CREATE TABLE" of the Amazon Keyspaces CQL reference: options that it honours or ignores without harm. */
const TABLE_OPTIONS = new Set(['default_time_to_live', 'comment', 'custom_properties', 'tags']);
/** The longest time to live, 20 years ("Quotas for Amazon Keyspaces"). */
export const MAX_TTL_SECONDS = 630_720_000;

/** What stands in "Supported Cassandra APIs, operations, functions, and data types" with a No, by first words. */
const UNSUPPORTED: readonly (readonly [words: RegExp, reason: string])[] = [
  [/^(create|drop) (custom )?index/, 'Keyspaces has no secondary indexes'],
  [/^(create|alter|drop) materialized view/, 'Keyspaces has no materialized views'],
  [/^(create( or replace)?|drop) function/, 'Keyspaces has no user-defined functions'],
  [/^(create( or replace)?|drop) aggregate/, 'Keyspaces has no user-defined aggregates'],
  [/^(create|drop) trigger/, 'Keyspaces has no triggers'],
  [/^truncate/, 'Keyspaces has no TRUNCATE'],
  [/^alter type/, 'Keyspaces has no ALTER TYPE'],
  [/^((create|alter|drop|list) (role|user)|grant|revoke|list)/, 'Keyspaces is authorized by IAM, not by CQL'],
  [/^drop/, 'no function of this project drops anything'],
];

export function refuseOther({ words }: Other): string[] {
  const known = UNSUPPORTED.find(([pattern]) => pattern.test(words));
  return [
    known?.[1] ??
      `is no statement that this project uses: ${words.split(' ').slice(0, 3).join(' ').toUpperCase()}`,
  ];
}

export function refuseCreateKeyspace({ replicationClass }: CreateKeyspace): string[] {
  // Where Keyspaces is used its keyspace is a resource of the stack, so this is about Cassandra alone.
  return replicationClass === 'NetworkTopologyStrategy' || replicationClass === 'SingleRegionStrategy'
    ? []
    : [`replicates by ${replicationClass ?? 'nothing'}, which Keyspaces does not know`];
}

export function refuseCreateTable(statement: CreateTable, tables: Tables): string[] {
  const declared = tables[statement.table];
  if (declared === undefined) return [`creates ${statement.table}, which is not declared`];
  const declaredClustering = declared.clusteringColumns ?? [];
  const columns = Object.fromEntries(statement.columns.map(({ name, type }) => [name, type]));
  const ttl = statement.options.default_time_to_live;
  const order = (clustering: readonly { column: string; direction: string }[]) =>
    clustering.map(({ column, direction }) => `${column} ${direction}`).join(', ');
  const declaredOrder = declaredClustering.map(({ name, order: direction }) => ({ column: name, direction }));
  const writtenOrder =
    statement.clusteringOrder.length > 0 ? statement.clusteringOrder : ascending(statement.clustering);
  return [
    ...unlike('columns', JSON.stringify(sorted(columns)), JSON.stringify(sorted(declared.columns))),
    ...unlike('partition key', statement.partitionKey.join(), declared.partitionKey.join()),
    ...unlike(
      'clustering columns',
      statement.clustering.join(),
      declaredOrder.map(({ column }) => column).join(),
    ),
    ...unlike('clustering order', order(writtenOrder), order(declaredOrder)),
    ...Object.keys(statement.options)
      .filter((option) => !TABLE_OPTIONS.has(option))
      .map((option) => `has the option ${option}, which Keyspaces does not know`),
    ...(declared.rowsExpire && ttl === undefined
      ? ['needs a default TTL before its rows may have their own']
      : []),
    ...(!declared.rowsExpire && ttl !== undefined ? ['has a default TTL, but its rows never expire'] : []),
    ...(Number(ttl ?? 0) > MAX_TTL_SECONDS ? [`has a default TTL above ${MAX_TTL_SECONDS} s`] : []),
  ];
}

export function refuseAlterTable(statement: AlterTable, tables: Tables): string[] {
  const declared = tables[statement.table];
  if (declared === undefined) return [`alters ${statement.table}, which is not declared`];
  if (statement.instruction !== 'add') {
    return [`ALTER TABLE … ${statement.instruction.toUpperCase()}: Keyspaces tables only gain columns`];
  }
  return statement.added
    .filter(({ name, type }) => declared.columns[name] !== type)
    .map(({ name, type }) => `adds ${name} ${type}, which is not declared`);
}

const ascending = (columns: readonly string[]) =>
  columns.map((column) => ({ column, direction: 'ASC' as const }));

const sorted = (record: Readonly<Record<string, string>>) =>
  Object.entries(record).sort(([a], [b]) => a.localeCompare(b));

const unlike = (what: string, written: string, declared: string): string[] =>
  written === declared ? [] : [`its ${what} (${written}) are not as declared (${declared})`];
