import type { CassandraTableDeclaration } from '../../../core/contract/cassandra-tables.ts';
import { refuseWhere } from './refuse-where.ts';
import type { Select, Selector } from './statement.ts';

const AGGREGATES = new Set(['count', 'min', 'max', 'avg', 'sum']);
/** "Cassandra function support": everything of CQL 3.11 but aggregates and user-defined ones. */
const FUNCTIONS = new Set([
  'writetime',
  'ttl',
  'cast',
  'token',
  'todate',
  'totimestamp',
  'tounixtimestamp',
  'dateof',
]);

export function refuseSelect(select: Select, table: CassandraTableDeclaration): string[] {
  return [
    ...select.selectors.flatMap((selector) => refuseSelector(selector, table)),
    // The SELECT of the Keyspaces CQL reference has JSON, WHERE, ORDER BY, LIMIT and ALLOW FILTERING, nothing else.
    ...select.foreignClauses.map(
      (clause) => `${clause} is not used here: Keyspaces has none, or it hides the columns`,
    ),
    ...(select.allowFiltering ? ['ALLOW FILTERING reads, and pays for, rows that it throws away'] : []),
    ...refuseWhere(select.where, table, 'rows'),
    ...(select.where.some(({ operator }) => operator === 'token') && !select.limited
      ? ['walks through a whole table without a LIMIT']
      : []),
    ...refuseOrder(select, table),
  ];
}

function refuseSelector({ name, call, columns }: Selector, table: CassandraTableDeclaration): string[] {
  if (name === '*') return ['SELECT *: what it returns changes with the table'];
  if (call && AGGREGATES.has(name)) return [`${name}(): Keyspaces has no aggregates`];
  if (call && !FUNCTIONS.has(name)) return [`${name}(): Keyspaces has no such function`];
  return columns
    .filter((column) => table.columns[column] === undefined)
    .map((column) => `there is no column ${column}`);
}

/** Rows lie in the declared order and can be read in it or in its exact reverse. */
function refuseOrder({ orderBy, where }: Select, table: CassandraTableDeclaration): string[] {
  if (orderBy.length === 0) return [];
  const clustering = table.clusteringColumns ?? [];
  const fits = orderBy.every(({ column }, i) => clustering[i]?.name === column);
  const turned = new Set(orderBy.map(({ direction }, i) => direction !== clustering[i]?.order));
  const acrossPartitions = where.some(
    ({ column, operator }) => operator === 'in' && table.partitionKey.includes(column),
  );
  return [
    ...(fits && turned.size === 1 ? [] : ['ORDER BY is neither the clustering order nor its reverse']),
    ...(acrossPartitions ? ['ORDER BY across the partitions of an IN'] : []),
  ];
}
