import { readOrdering, readTerm } from './parse-terms.ts';
import type { AlterTable, CreateKeyspace, CreateTable } from './statement.ts';
import type { TokenReader } from './token-reader.ts';

/** After `CREATE TABLE`. */
export function parseCreateTable(reader: TokenReader): CreateTable {
  reader.take('if', 'not', 'exists');
  const table = reader.name();
  const columns: { name: string; type: string }[] = [];
  let partitionKey: string[] = [];
  let clustering: string[] = [];
  reader.expect('(');
  reader.list(() => {
    if (!reader.take('primary', 'key')) {
      columns.push(readColumn(reader));
      return;
    }
    reader.expect('(');
    const compound = reader.take('(');
    partitionKey = compound ? reader.list(() => reader.name()) : [reader.name()];
    if (compound) reader.expect(')');
    clustering = reader.take(',') ? reader.list(() => reader.name()) : [];
    reader.expect(')');
  });
  reader.expect(')');
  const { options, clusteringOrder } = readOptions(reader);
  return { kind: 'create table', table, columns, partitionKey, clustering, clusteringOrder, options };
}

function readColumn(reader: TokenReader): { name: string; type: string } {
  const name = reader.name();
  let type = reader.name();
  if (reader.sees('<'))
    type += `<${reader
      .bracketed('<', '>')
      .map((token) => token.text)
      .join('')}>`;
  return { name, type };
}

function readOptions(reader: TokenReader): Pick<CreateTable, 'options' | 'clusteringOrder'> {
  const options: Record<string, string> = {};
  let clusteringOrder: CreateTable['clusteringOrder'] = [];
  if (!reader.take('with')) return { options, clusteringOrder };
  do {
    if (reader.take('clustering', 'order', 'by')) {
      reader.expect('(');
      clusteringOrder = reader.list(() => readOrdering(reader));
      reader.expect(')');
    } else if (reader.take('compact', 'storage')) {
      options['compact storage'] = 'true';
    } else {
      const name = reader.name();
      reader.expect('=');
      options[name] = readTerm(reader)
        .tokens.map((token) => token.text)
        .join(' ');
    }
  } while (reader.take('and'));
  return { options, clusteringOrder };
}

/** After `ALTER TABLE`. */
export function parseAlterTable(reader: TokenReader): AlterTable {
  const table = reader.name();
  const instruction = reader.next().text;
  const added: { name: string; type: string }[] = [];
  if (instruction === 'add') {
    const bracket = reader.take('(');
    added.push(...reader.list(() => readColumn(reader)));
    if (bracket) reader.expect(')');
  } else {
    while (!reader.atEnd()) reader.next();
  }
  return { kind: 'alter table', table, instruction, added };
}

/** After `CREATE KEYSPACE`. */
export function parseCreateKeyspace(reader: TokenReader): CreateKeyspace {
  reader.take('if', 'not', 'exists');
  reader.name();
  let replicationClass: string | undefined;
  while (!reader.atEnd()) {
    if (reader.next().text === "'class'" && reader.take(':'))
      replicationClass = reader.next().text.slice(1, -1);
  }
  return { kind: 'create keyspace', replicationClass };
}
