import type { CassandraTableDeclaration } from '../../../core/contract/cassandra-tables.ts';
import type { Relation, Term } from './statement.ts';

/** "Functional differences", IN keyword: at most so many values, those of several IN multiplied. */
const IN_LIMIT = 100;
const RANGE_OPERATORS = new Set(['<', '<=', '>', '>=']);

/** Whether a statement may reach more than one row through IN and ranges (a read) or names exactly one (a write). */
type Reach = 'rows' | 'one row';

/** Refuses what is wrong with a WHERE clause, wherever it stands. */
export function refuseWhere(
  where: readonly Relation[],
  table: CassandraTableDeclaration,
  reach: Reach,
): string[] {
  const clustering = (table.clusteringColumns ?? []).map(({ name }) => name);
  const by = new Map(where.map((relation) => [relation.column, relation]));
  // A walk through a whole table goes by tokens, which only make sense of the whole partition key.
  const isWalk =
    reach === 'rows' && where.length > 0 && by.get(table.partitionKey.join())?.operator === 'token';
  const missing = isWalk ? [] : table.partitionKey.filter((column) => !by.has(column));
  return [
    ...where.flatMap((relation) => refuseRelation(relation, table, clustering, reach)),
    ...(missing.length > 0
      ? [`does not name the whole partition key (${missing.join(', ')} is missing)`]
      : []),
    ...(reach === 'rows' ? refuseGaps(clustering, by) : refuseMissing(clustering, by)),
    ...refuseManyValues(where),
  ];
}

function refuseRelation(
  { column, operator, values }: Relation,
  table: CassandraTableDeclaration,
  clustering: readonly string[],
  reach: Reach,
): string[] {
  if (operator === 'tuple') return ['compares tuples of columns, which Keyspaces does not'];
  if (operator === 'token') {
    const whole = column === table.partitionKey.join();
    return whole && reach === 'rows' ? [] : ['compares tokens of something else than the partition key'];
  }
  if (table.columns[column] === undefined) return [`there is no column ${column}`];
  const inPartitionKey = table.partitionKey.includes(column);
  if (!inPartitionKey && !clustering.includes(column))
    return [`filters by ${column}, which is not in the key`];
  if (isEmptyString(values?.[0])) return [`compares ${column} with an empty string, which no key may be`];
  if (operator === '=') return [];
  if (operator === 'in') return reach === 'rows' ? [] : ['a write names its row by =, not by IN'];
  if (RANGE_OPERATORS.has(operator) && !inPartitionKey) {
    return reach === 'rows' ? [] : ['a range in a write: Keyspaces ends a range delete at 1,000 rows'];
  }
  return [`compares ${column} by ${operator.toUpperCase()}, which Keyspaces does not`];
}

/** A clustering column can be restricted only where those before it are fixed. */
function refuseGaps(clustering: readonly string[], by: ReadonlyMap<string, Relation>): string[] {
  let open: string | undefined;
  for (const column of clustering) {
    const relation = by.get(column);
    if (relation !== undefined && open !== undefined) return [`restricts ${column} while ${open} is open`];
    if (relation === undefined || RANGE_OPERATORS.has(relation.operator)) open ??= column;
  }
  return [];
}

function refuseMissing(clustering: readonly string[], by: ReadonlyMap<string, Relation>): string[] {
  const missing = clustering.filter((column) => !by.has(column));
  return missing.length > 0 ? [`does not name the whole row (${missing.join(', ')} is missing)`] : [];
}

function refuseManyValues(where: readonly Relation[]): string[] {
  const count = where.reduce(
    (product, { operator, values }) => product * (operator === 'in' ? (values?.length ?? 1) : 1),
    1,
  );
  return count > IN_LIMIT ? [`IN with ${count} values; Keyspaces ends at ${IN_LIMIT}`] : [];
}

/** Cassandra has no empty partition key of one column, Keyspaces no empty clustering column. */
export function isEmptyString(term: Term | undefined): boolean {
  return term?.tokens.length === 1 && term.tokens[0]?.text === "''";
}
