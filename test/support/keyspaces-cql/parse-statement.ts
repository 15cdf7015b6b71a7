import { parseAlterTable, parseCreateKeyspace, parseCreateTable } from './parse-schema.ts';
import { readOrdering, readRelations, readTerm, readUsing, readWhere } from './parse-terms.ts';
import type { Batch, Select, Selector, Statement } from './statement.ts';
import { TokenReader } from './token-reader.ts';

/** @throws SyntaxError where the text is not CQL as this project writes it */
export function parseStatement(cql: string): Statement {
  const reader = new TokenReader(cql);
  const statement = readStatement(reader);
  reader.take(';');
  if (!reader.atEnd()) throw new SyntaxError(`unexpected ${reader.peek().text.toUpperCase()}`);
  return statement;
}

function readStatement(reader: TokenReader): Statement {
  if (reader.take('select')) return readSelect(reader);
  if (reader.take('insert', 'into')) return readInsert(reader);
  if (reader.take('update')) return readUpdate(reader);
  if (reader.take('delete')) return readDelete(reader);
  if (reader.take('begin')) return readBatch(reader);
  if (reader.take('create', 'table')) return parseCreateTable(reader);
  if (reader.take('alter', 'table')) return parseAlterTable(reader);
  if (reader.take('create', 'keyspace')) return parseCreateKeyspace(reader);
  const words: string[] = [];
  while (!reader.atEnd()) words.push(reader.next().text);
  return { kind: 'other', words: words.join(' ') };
}

function readSelect(reader: TokenReader): Select {
  const foreignClauses: string[] = [];
  if (reader.take('json')) foreignClauses.push('JSON');
  if (reader.take('distinct')) foreignClauses.push('DISTINCT');
  const selectors = reader.list(() => readSelector(reader));
  reader.expect('from');
  const table = reader.name();
  const where = readWhere(reader);
  if (reader.take('group', 'by')) {
    foreignClauses.push('GROUP BY');
    reader.list(() => reader.name());
  }
  const orderBy = reader.take('order', 'by') ? reader.list(() => readOrdering(reader)) : [];
  if (reader.take('per', 'partition', 'limit')) {
    foreignClauses.push('PER PARTITION LIMIT');
    readTerm(reader);
  }
  const limited = reader.take('limit');
  if (limited) readTerm(reader);
  const allowFiltering = reader.take('allow', 'filtering');
  return { kind: 'select', table, selectors, where, orderBy, foreignClauses, limited, allowFiltering };
}

function readSelector(reader: TokenReader): Selector {
  if (reader.take('*')) return { name: '*', call: false, columns: [] };
  const name = reader.name();
  if (!reader.sees('(')) {
    if (reader.take('as')) reader.name();
    return { name, call: false, columns: [name] };
  }
  const columns = reader
    .bracketed()
    .filter((token) => token.kind === 'word')
    .map((token) => token.text);
  if (reader.take('as')) reader.name();
  // CAST(column AS type)
  return { name, call: true, columns: name === 'cast' ? columns.slice(0, 1) : columns };
}

function readCondition(reader: TokenReader): boolean {
  if (!reader.take('if')) return false;
  if (!reader.take('exists') && !reader.take('not', 'exists')) readRelations(reader);
  return true;
}

function readInsert(reader: TokenReader): Statement {
  const table = reader.name();
  if (reader.sees('json')) throw new SyntaxError('INSERT JSON hides its columns');
  reader.expect('(');
  const columns = reader.list(() => reader.name());
  reader.expect(')');
  reader.expect('values');
  reader.expect('(');
  const values = reader.list(() => readTerm(reader));
  reader.expect(')');
  const conditional = readCondition(reader);
  return { kind: 'insert', table, columns, values, conditional, using: readUsing(reader) };
}

function readUpdate(reader: TokenReader): Statement {
  const table = reader.name();
  const using = readUsing(reader);
  reader.expect('set');
  const assignments = reader.list(() => {
    const column = reader.name();
    if (reader.sees('[')) reader.bracketed('[', ']');
    reader.expect('=');
    return { column, value: readTerm(reader) };
  });
  const where = readWhere(reader);
  return { kind: 'update', table, using, assignments, where, conditional: readCondition(reader) };
}

function readDelete(reader: TokenReader): Statement {
  const columns = reader.sees('from') ? [] : reader.list(() => reader.name());
  reader.expect('from');
  const table = reader.name();
  const using = readUsing(reader);
  const where = readWhere(reader);
  return { kind: 'delete', table, columns, using, where, conditional: readCondition(reader) };
}

function readBatch(reader: TokenReader): Batch {
  const type = reader.take('unlogged') ? 'unlogged' : reader.take('counter') ? 'counter' : 'logged';
  reader.take('logged');
  reader.expect('batch');
  const using = readUsing(reader);
  const statements: Statement[] = [];
  while (!reader.take('apply', 'batch')) {
    if (reader.atEnd()) throw new SyntaxError('expected APPLY BATCH, found the end');
    statements.push(readStatement(reader));
    reader.take(';');
  }
  return { kind: 'batch', type, using, statements };
}
