import {
  CASSANDRA_TABLES,
  type CassandraTableDeclaration,
  KEYSPACES_TTL_SECONDS,
} from '../../../core/contract/cassandra-tables.ts';

/**
 * As the tables have it that are resources of a stack: on demand, with backups, and with the timestamps that statements name,
 * which Keyspaces takes only where they are switched on.
 */
const KEYSPACES_PROPERTIES =
  "{'capacity_mode': {'throughput_mode': 'PAY_PER_REQUEST'}, 'point_in_time_recovery': {'status': 'enabled'}, 'client_side_timestamps': {'status': 'enabled'}}";

/** CQL that makes the keyspace: NetworkTopologyStrategy, as any cluster that may grow wants it. */
export function createKeyspaceCql(
  keyspace: string,
  localDataCenter: string,
  replicationFactor: number,
): string {
  return `CREATE KEYSPACE IF NOT EXISTS ${keyspace} WITH replication = {'class': 'NetworkTopologyStrategy', '${localDataCenter}': ${replicationFactor}}`;
}

/**
 * CQL that makes one table of the declaration. No default TTL in Cassandra: it needs none, and refuses even to delete
 * from a table whose default reaches beyond 2038, unless its storage mode is a new one.
 */
export function createTableCql(
  name: string,
  table: CassandraTableDeclaration,
  dialect: 'cassandra' | 'keyspaces',
): string {
  const columns = Object.entries(table.columns).map(([column, type]) => `${column} ${type}`);
  const clustering = table.clusteringColumns ?? [];
  const key = [`(${table.partitionKey.join(', ')})`, ...clustering.map((column) => column.name)].join(', ');
  const order = clustering.map((column) => `${column.name} ${column.order}`).join(', ');
  const options = [
    ...(order === '' ? [] : [`CLUSTERING ORDER BY (${order})`]),
    ...(table.rowsExpire && dialect === 'keyspaces'
      ? [`default_time_to_live = ${KEYSPACES_TTL_SECONDS}`]
      : []),
    ...(dialect === 'keyspaces' ? [`CUSTOM_PROPERTIES = ${KEYSPACES_PROPERTIES}`] : []),
  ];
  const withOptions = options.length === 0 ? '' : ` WITH ${options.join(' AND ')}`;
  return `CREATE TABLE IF NOT EXISTS ${name} (${columns.join(', ')}, PRIMARY KEY (${key}))${withOptions}`;
}

/** CQL that brings a table up to date that was made from an older declaration: columns only ever come on top. */
export function addColumnCql(name: string, column: string, type: string): string {
  return `ALTER TABLE ${name} ADD ${column} ${type}`;
}

export function createTablesCql(dialect: 'cassandra' | 'keyspaces'): string[] {
  return Object.entries(CASSANDRA_TABLES).map(([name, table]) => createTableCql(name, table, dialect));
}
