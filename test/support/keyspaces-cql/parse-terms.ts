import type { Relation, Term, Using } from './statement.ts';
import type { TokenReader } from './token-reader.ts';

/** A marker, a literal, a function's call or a collection; with `+` and `-`, so that counters are seen. */
export function readTerm(reader: TokenReader): Term {
  const first = reader.peek();
  if (first.kind === 'end') throw new SyntaxError('expected a value, found the end');
  const tokens =
    first.kind === 'sign' && (first.text === '{' || first.text === '[')
      ? [first, ...reader.bracketed(first.text, first.text === '{' ? '}' : ']')]
      : [reader.next()];
  if (first.kind === 'word' && reader.sees('(')) tokens.push(...reader.bracketed());
  if (reader.sees('+') || reader.sees('-')) tokens.push(reader.next(), ...readTerm(reader).tokens);
  return { tokens };
}

export function readOrdering(reader: TokenReader): { column: string; direction: 'ASC' | 'DESC' } {
  const column = reader.name();
  if (reader.take('desc')) return { column, direction: 'DESC' };
  reader.take('asc');
  return { column, direction: 'ASC' };
}

/** `[WHERE relation AND …]` */
export function readWhere(reader: TokenReader): Relation[] {
  if (!reader.take('where')) return [];
  return readRelations(reader);
}

export function readRelations(reader: TokenReader): Relation[] {
  const relations = [readRelation(reader)];
  while (reader.take('and')) relations.push(readRelation(reader));
  return relations;
}

function readRelation(reader: TokenReader): Relation {
  if (reader.sees('(')) {
    reader.bracketed();
    reader.next();
    reader.bracketed();
    return { column: '', operator: 'tuple', values: undefined };
  }
  const column = reader.name();
  if (column === 'token' && reader.take('(')) {
    const columns = reader.list(() => reader.name());
    reader.expect(')');
    reader.next();
    readTerm(reader);
    return { column: columns.join(), operator: 'token', values: undefined };
  }
  if (reader.take('in')) {
    if (!reader.take('(')) {
      readTerm(reader);
      return { column, operator: 'in', values: undefined };
    }
    const values = reader.list(() => readTerm(reader));
    reader.expect(')');
    return { column, operator: 'in', values };
  }
  const operator = reader.next().text;
  if (operator === 'contains') reader.take('key');
  if (operator === 'is') reader.take('not');
  return { column, operator, values: [readTerm(reader)] };
}

/** `[USING TTL … AND TIMESTAMP …]` */
export function readUsing(reader: TokenReader): Using {
  if (!reader.take('using')) return {};
  const using: { timestamp?: Term; ttl?: Term } = {};
  do {
    if (reader.take('timestamp')) using.timestamp = readTerm(reader);
    else if (reader.take('ttl')) using.ttl = readTerm(reader);
    else throw new SyntaxError(`expected TTL or TIMESTAMP, found ${reader.peek().text}`);
  } while (reader.take('and'));
  return using;
}
