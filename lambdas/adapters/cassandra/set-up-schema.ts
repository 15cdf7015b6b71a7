import { setTimeout as pause } from 'node:timers/promises';
import { CASSANDRA_TABLES, type CassandraTableDeclaration } from '../../../core/contract/cassandra-tables.ts';
import { StoreUnavailableError } from '../../application/ports/store-errors.ts';
import { Cassandra, type CassandraOptions } from './cassandra.ts';
import { addColumnCql, createKeyspaceCql, createTableCql } from './schema-cql.ts';

/** Keyspaces carries out schema changes by and by. */
const POLL_MS = 250;
const PATIENCE_MS = 120_000;

export interface SchemaSetUp {
  readonly keyspace: string;
  readonly replicationFactor: number;
  /** False where the keyspace was kept: with a wrong name, an empty one would be taken for it. True unless it is set. */
  readonly makesKeyspace?: boolean;
}

/**
 * Makes the keyspace and the tables of the declaration, and adds the columns that a table from an older declaration
 * lacks. Safe to run again; returns once all of it can be read back.
 *
 * @throws {Error} one sentence if the keyspace is not there and not to be made
 */
export async function setUpSchema(
  options: CassandraOptions,
  { keyspace, replicationFactor, makesKeyspace = true }: SchemaSetUp,
): Promise<void> {
  const administrator = new Cassandra(options);
  try {
    const exists = async () => (await administrator.execute(KEYSPACE, [keyspace])).length > 0;
    // A role that may only read and write rows may not even say IF NOT EXISTS; it finds everything made.
    if (!(await exists())) {
      if (!makesKeyspace) throw new Error(`There is no keyspace ${keyspace}: see how the kept one is named.`);
      await administrator.alterSchema(
        createKeyspaceCql(keyspace, options.localDataCenter, replicationFactor),
      );
    }
    await until(exists);
  } finally {
    await administrator.close();
  }
  const cassandra = new Cassandra({ ...options, keyspace });
  try {
    const existing = await columnsOf(cassandra, keyspace);
    // All at once: after each change the driver waits until all nodes agree, half a second at least.
    await Promise.all(
      changesTo(existing, options.dialect).map((changes) => oneAfterTheOther(cassandra, changes)),
    );
    await until(async () => isComplete(await columnsOf(cassandra, keyspace)));
  } finally {
    await cassandra.close();
  }
}

const KEYSPACE = 'SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?';
const COLUMNS = 'SELECT table_name, column_name FROM system_schema.columns WHERE keyspace_name = ?';

async function columnsOf(cassandra: Cassandra, keyspace: string): Promise<Map<string, Set<string>>> {
  const tables = new Map<string, Set<string>>();
  for (const row of await cassandra.execute(COLUMNS, [keyspace])) {
    const columns = tables.get(row.table_name as string) ?? new Set();
    tables.set(row.table_name as string, columns.add(row.column_name as string));
  }
  return tables;
}

/** Per table, the statements that bring it from what exists to what is declared. */
function changesTo(
  existing: ReadonlyMap<string, ReadonlySet<string>>,
  dialect: CassandraOptions['dialect'],
): readonly (readonly string[])[] {
  return Object.entries<CassandraTableDeclaration>(CASSANDRA_TABLES).map(([name, table]) => {
    const columns = existing.get(name);
    if (columns === undefined) return [createTableCql(name, table, dialect)];
    return Object.entries(table.columns)
      .filter(([column]) => !columns.has(column))
      .map(([column, type]) => addColumnCql(name, column, type));
  });
}

async function oneAfterTheOther(cassandra: Cassandra, changes: readonly string[]): Promise<void> {
  for (const change of changes) await cassandra.alterSchema(change);
}

function isComplete(existing: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  return Object.entries<CassandraTableDeclaration>(CASSANDRA_TABLES).every(([name, { columns }]) =>
    Object.keys(columns).every((column) => existing.get(name)?.has(column)),
  );
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > deadline)
      throw new StoreUnavailableError('cassandra', 'the schema did not take effect');
    await pause(POLL_MS);
  }
}
