import type { CassandraTableDeclaration } from '../../../core/contract/cassandra-tables.ts';
import { MAX_TTL_SECONDS } from './refuse-schema.ts';
import { isEmptyString, refuseWhere } from './refuse-where.ts';
import type { Delete, Insert, Term, Update } from './statement.ts';

export function refuseInsert(insert: Insert, table: CassandraTableDeclaration): string[] {
  const key = primaryKey(table);
  const missing = key.filter((column) => !insert.columns.includes(column));
  const emptyKeys = insert.columns.filter(
    (column, i) => key.includes(column) && isEmptyString(insert.values[i]),
  );
  return [
    ...unknownColumns(insert.columns, table),
    ...(insert.columns.length === insert.values.length ? [] : ['has not as many values as columns']),
    ...(missing.length > 0 ? [`does not name the whole row (${missing.join(', ')} is missing)`] : []),
    ...emptyKeys.map((column) => `writes an empty string as ${column}, which no key may be`),
    ...insert.values.filter(isNull).map(() => 'writes null, which is a tombstone'),
    ...refuseUsing(insert, table),
  ];
}

export function refuseUpdate(update: Update, table: CassandraTableDeclaration): string[] {
  const columns = update.assignments.map(({ column }) => column);
  const key = primaryKey(table);
  return [
    ...unknownColumns(columns, table),
    ...columns
      .filter((column) => key.includes(column))
      .map((column) => `sets ${column}, which is in the key`),
    ...update.assignments.filter(({ value }) => isNull(value)).map(() => 'writes null, which is a tombstone'),
    ...update.assignments
      .filter(({ value }) =>
        value.tokens.some(({ kind, text }) => kind === 'sign' && (text === '+' || text === '-')),
      )
      .map(({ column }) => `counts ${column} up in place: it is no counter, and a replay would count twice`),
    ...refuseWhere(update.where, table, 'one row'),
    ...refuseUsing(update, table),
  ];
}

export function refuseDelete(statement: Delete, table: CassandraTableDeclaration): string[] {
  return [
    ...unknownColumns(statement.columns, table),
    ...refuseWhere(statement.where, table, 'one row'),
    ...refuseUsing(statement, table),
  ];
}

function refuseUsing(
  { using, conditional }: Insert | Update | Delete,
  table: CassandraTableDeclaration,
): string[] {
  const ttl = Number(using.ttl?.tokens[0]?.text ?? 0);
  return [
    ...(using.timestamp && conditional ? ['USING TIMESTAMP on a conditional statement'] : []),
    ...(using.ttl && !table.rowsExpire ? ['a TTL on a table whose rows never expire'] : []),
    ...(ttl > MAX_TTL_SECONDS ? [`a TTL above ${MAX_TTL_SECONDS} s`] : []),
    // One unconditional write beside conditional ones, and neither sees what the other did.
    ...(table.rowsExpire && !conditional ? ['claims are written by conditional statements only'] : []),
  ];
}

const primaryKey = (table: CassandraTableDeclaration): string[] => [
  ...table.partitionKey,
  ...(table.clusteringColumns ?? []).map(({ name }) => name),
];

const unknownColumns = (columns: readonly string[], table: CassandraTableDeclaration): string[] =>
  columns
    .filter((column) => table.columns[column] === undefined)
    .map((column) => `there is no column ${column}`);

const isNull = ({ tokens }: Term): boolean =>
  tokens.length === 1 && tokens[0]?.kind === 'word' && tokens[0].text === 'null';
