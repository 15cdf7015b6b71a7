import type { CassandraTableDeclaration } from '../../../core/contract/cassandra-tables.ts';
import { parseStatement } from './parse-statement.ts';
import {
  refuseAlterTable,
  refuseCreateKeyspace,
  refuseCreateTable,
  refuseOther,
  type Tables,
} from './refuse-schema.ts';
import { refuseSelect } from './refuse-select.ts';
import { refuseDelete, refuseInsert, refuseUpdate } from './refuse-write.ts';
import type { Batch, Delete, Insert, Statement, Update } from './statement.ts';

/** "Functional differences: Amazon Keyspaces vs. Apache Cassandra", section Batch. */
const BATCH_LIMITS = { unlogged: 30, logged: 100 } as const;

export interface CqlContext {
  readonly tables: Tables;
  /**
   * Tables whose write timestamps are clock times of the last two days. Keyspaces refuses any other ("Use client-side
   * timestamps in queries": from 2 days in the past to 5 minutes in the future), so other tables have none.
   */
  readonly clockTimestamps: readonly string[];
}

/**
 * Why Amazon Keyspaces would not run a CQL text, or would at a cost that this project does not accept; empty where it
 * does. The text is what the Keyspaces dialect sends.
 */
export function refuseCql(cql: string, context: CqlContext): string[] {
  let statement: Statement;
  try {
    statement = parseStatement(cql);
  } catch (error) {
    if (error instanceof SyntaxError) return [error.message];
    throw error;
  }
  return refuseStatement(statement, context);
}

function refuseStatement(statement: Statement, context: CqlContext): string[] {
  const { tables } = context;
  switch (statement.kind) {
    case 'select':
      return onKnownTable(statement.table, tables, (table) => refuseSelect(statement, table));
    case 'insert':
      return onKnownTable(statement.table, tables, (table) => [
        ...refuseInsert(statement, table),
        ...refuseTimestamp(statement, context),
      ]);
    case 'update':
      return onKnownTable(statement.table, tables, (table) => [
        ...refuseUpdate(statement, table),
        ...refuseTimestamp(statement, context),
      ]);
    case 'delete':
      return onKnownTable(statement.table, tables, (table) => [
        ...refuseDelete(statement, table),
        ...refuseTimestamp(statement, context),
      ]);
    case 'batch':
      return refuseBatch(statement, context);
    case 'create table':
      return refuseCreateTable(statement, tables);
    case 'alter table':
      return refuseAlterTable(statement, tables);
    case 'create keyspace':
      return refuseCreateKeyspace(statement);
    case 'other':
      return refuseOther(statement);
  }
}

/** Tables that every node keeps about itself; Keyspaces fills them too ("System tables"). */
const SYSTEM_TABLE = /^system(_schema|_schema_mcs)?\./;

function onKnownTable(
  name: string,
  tables: Tables,
  refuse: (table: CassandraTableDeclaration) => string[],
): string[] {
  if (SYSTEM_TABLE.test(name)) return [];
  const table = tables[name];
  return table === undefined ? [`there is no table ${name}`] : refuse(table);
}

function refuseTimestamp(
  { table, using }: Insert | Update | Delete,
  { clockTimestamps }: CqlContext,
): string[] {
  if (using.timestamp === undefined || clockTimestamps.includes(table)) return [];
  return ['USING TIMESTAMP: Keyspaces takes none that is older than two days'];
}

function refuseBatch(batch: Batch, context: CqlContext): string[] {
  if (batch.type === 'counter') return ['Keyspaces has no counter batches'];
  const limit = BATCH_LIMITS[batch.type];
  const partitions = new Set(batch.statements.map(partitionOf));
  return [
    ...(batch.statements.length > limit
      ? [`a batch of ${batch.statements.length}; ${batch.type} ones end at ${limit}`]
      : []),
    ...(batch.using.timestamp ? ['USING TIMESTAMP for a whole batch: each statement has its own'] : []),
    ...(partitions.size > 1 ? ['a batch across partitions'] : []),
    ...batch.statements.flatMap((statement) => {
      if (!('conditional' in statement)) return ['a batch holds INSERT, UPDATE and DELETE only'];
      return statement.conditional ? ['a condition inside a batch'] : refuseStatement(statement, context);
    }),
  ];
}

/** As well as can be told from the text: statements on different tables never share a partition. */
function partitionOf(statement: Statement): string {
  return 'table' in statement ? statement.table : statement.kind;
}
