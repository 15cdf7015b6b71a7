// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources that are read here are texts
import { describe, expect, it } from 'vitest';
import type { CassandraTableDeclaration } from '../../../core/contract/cassandra-tables.ts';
import { collectCql } from '../../support/keyspaces-cql/collect.ts';
import { refuseCql } from '../../support/keyspaces-cql/refuse-statement.ts';

const tables = {
  messages: {
    partitionKey: ['room', 'bucket'],
    clusteringColumns: [
      { name: 'day', order: 'DESC' },
      { name: 'id', order: 'ASC' },
    ],
    columns: { room: 'text', bucket: 'int', day: 'int', id: 'text', content: 'text', likes: 'int' },
  },
  claims: {
    partitionKey: ['name'],
    columns: { name: 'text', owner: 'text' },
    rowsExpire: true,
  },
  memberships: { partitionKey: ['user'], columns: { user: 'text', room: 'text' } },
} as const satisfies Record<string, CassandraTableDeclaration>;

const refuse = (cql: string) => refuseCql(cql, { tables, clockTimestamps: ['memberships'] });

const ROW = 'room = ? AND bucket = ? AND day = ? AND id = ?';
const INSERT = 'INSERT INTO messages (room, bucket, day, id, content) VALUES (?, ?, ?, ?, ?)';
const marks = (count: number) => Array.from({ length: count }, () => '?').join(', ');
const batch = (type: string, count: number) =>
  `BEGIN ${type} BATCH ${`${INSERT}; `.repeat(count)}APPLY BATCH`;
const CREATE_MESSAGES =
  'CREATE TABLE IF NOT EXISTS messages (room text, bucket int, day int, id text, content text, likes int, PRIMARY KEY ((room, bucket), day, id))';

describe('CQL that Keyspaces runs', () => {
  it.each([
    'SELECT id, content FROM messages WHERE room = ? AND bucket = ?',
    'SELECT id, writetime(content) AS written FROM messages WHERE room = ? AND bucket IN (1, 2, 3) AND day > ? LIMIT ?',
    'select id from messages where room = ? and bucket = ? order by day asc, id desc limit 10',
    'SELECT room, token(room, bucket) AS position FROM messages WHERE token(room, bucket) > ? LIMIT ?',
    'SELECT user, room FROM memberships WHERE user IN ?',
    'SELECT release_version FROM system.local',
    INSERT,
    'INSERT INTO memberships (user, room) VALUES (?, ?) USING TIMESTAMP ?',
    'INSERT INTO claims (name, owner) VALUES (?, ?) IF NOT EXISTS USING TTL 60',
    `UPDATE messages SET content = ?, likes = 1 WHERE ${ROW}`,
    'UPDATE claims USING TTL ? SET owner = ? WHERE name = ? IF owner = ?',
    `DELETE FROM messages WHERE ${ROW}`,
    'DELETE FROM claims WHERE name = ? IF owner = ?',
    batch('UNLOGGED', 30),
    `${CREATE_MESSAGES} WITH CLUSTERING ORDER BY (day DESC, id ASC)`,
    'CREATE TABLE claims (name text, owner text, PRIMARY KEY (name)) WITH default_time_to_live = 630720000',
    'ALTER TABLE messages ADD likes int',
    "CREATE KEYSPACE IF NOT EXISTS k WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3}",
  ])('%s', (cql) => {
    expect(refuse(cql)).toEqual([]);
  });
});

describe('CQL that Keyspaces does not run is refused with its reason', () => {
  it.each([
    // What Keyspaces has not got.
    ['CREATE INDEX ON messages (content)', 'no secondary indexes'],
    ["CREATE CUSTOM INDEX i ON messages (content) USING 'sai'", 'no secondary indexes'],
    ['DROP INDEX i', 'no secondary indexes'],
    ['CREATE MATERIALIZED VIEW v AS SELECT id FROM messages', 'no materialized views'],
    ['CREATE FUNCTION f (a int) RETURNS NULL ON NULL INPUT RETURNS int', 'no user-defined functions'],
    ['CREATE OR REPLACE AGGREGATE a (int) SFUNC f STYPE int', 'no user-defined aggregates'],
    ["CREATE TRIGGER t ON messages USING 'T'", 'no triggers'],
    ['TRUNCATE messages', 'no TRUNCATE'],
    ['TRUNCATE TABLE messages', 'no TRUNCATE'],
    ['ALTER TYPE address ADD zip text', 'no ALTER TYPE'],
    ["CREATE ROLE r WITH PASSWORD = 'p'", 'authorized by IAM'],
    ['GRANT SELECT ON messages TO r', 'authorized by IAM'],
    ['DROP TABLE messages', 'drops anything'],
    // Reads.
    ['SELECT count(*) FROM messages WHERE room = ? AND bucket = ?', 'no aggregates'],
    ['SELECT max(day) FROM messages WHERE room = ? AND bucket = ?', 'no aggregates'],
    ['SELECT shout(content) FROM messages WHERE room = ? AND bucket = ?', 'no such function'],
    ['SELECT * FROM messages WHERE room = ? AND bucket = ?', 'changes with the table'],
    ['SELECT DISTINCT room FROM messages WHERE room = ? AND bucket = ?', 'DISTINCT'],
    ['SELECT id FROM messages WHERE room = ? AND bucket = ? GROUP BY day', 'GROUP BY'],
    ['SELECT id FROM messages WHERE room = ? AND bucket IN ? PER PARTITION LIMIT 1', 'PER PARTITION LIMIT'],
    ['SELECT id FROM messages', 'whole partition key (room, bucket is missing)'],
    ['SELECT id FROM messages WHERE room = ?', 'whole partition key (bucket is missing)'],
    ['SELECT id FROM messages WHERE room = ? AND bucket > ?', 'compares bucket by >'],
    ['SELECT id FROM messages WHERE room = ? AND bucket = ? AND id = ?', 'restricts id while day is open'],
    [
      'SELECT id FROM messages WHERE room = ? AND bucket = ? AND day > ? AND id = ?',
      'restricts id while day is open',
    ],
    ['SELECT id FROM messages WHERE room = ? AND bucket = ? AND content = ?', 'filters by content'],
    ['SELECT id FROM messages WHERE room = ? AND bucket = ? AND day != ?', 'compares day by !='],
    ['SELECT id FROM messages WHERE room = ? AND bucket = ? AND (day, id) > (?, ?)', 'tuples of columns'],
    ['SELECT id FROM messages WHERE token(room) > ? LIMIT 5', 'something else than the partition key'],
    ['SELECT id FROM messages WHERE token(room, bucket) > ?', 'without a LIMIT'],
    ["SELECT user FROM memberships WHERE user = ''", 'empty string'],
    ['SELECT id FROM messages WHERE room = ? AND bucket = ? ALLOW FILTERING', 'ALLOW FILTERING'],
    [`SELECT user FROM memberships WHERE user IN (${marks(101)})`, 'IN with 101 values'],
    [
      `SELECT id FROM messages WHERE room IN (${marks(11)}) AND bucket IN (${marks(10)})`,
      'IN with 110 values',
    ],
    ['SELECT id FROM messages WHERE room = ? AND bucket = ? ORDER BY id', 'neither the clustering order'],
    [
      'SELECT id FROM messages WHERE room = ? AND bucket = ? ORDER BY day DESC, id DESC',
      'neither the clustering order',
    ],
    [
      'SELECT id FROM messages WHERE room = ? AND bucket = ? ORDER BY content',
      'neither the clustering order',
    ],
    ['SELECT id FROM messages WHERE room = ? AND bucket IN ? ORDER BY day', 'across the partitions'],
    ['SELECT id FROM letters WHERE room = ?', 'no table letters'],
    ['SELECT colour FROM messages WHERE room = ? AND bucket = ?', 'no column colour'],
    ['SELECT id FROM messages WHERE room = ? AND bucket = ? AND colour = ?', 'no column colour'],
    // Writes.
    ['INSERT INTO messages (room, bucket, content) VALUES (?, ?, ?)', 'whole row (day, id is missing)'],
    ['INSERT INTO messages (room, bucket, day, id, content) VALUES (?, ?, ?, ?, null)', 'tombstone'],
    ['INSERT INTO messages (room, bucket, day, id, colour) VALUES (?, ?, ?, ?, ?)', 'no column colour'],
    ['INSERT INTO messages (room, bucket, day, id) VALUES (?, ?, ?)', 'as many values as columns'],
    ["INSERT INTO messages (room, bucket, day, id) VALUES (?, ?, ?, '')", 'empty string as id'],
    ['INSERT INTO messages JSON ?', 'hides its columns'],
    [`${INSERT} USING TTL 60`, 'rows never expire'],
    [`${INSERT} USING TIMESTAMP ?`, 'older than two days'],
    ['INSERT INTO claims (name, owner) VALUES (?, ?) USING TTL 60', 'conditional statements only'],
    ['INSERT INTO claims (name, owner) VALUES (?, ?) IF NOT EXISTS USING TTL 630720001', 'TTL above'],
    [
      'INSERT INTO memberships (user, room) VALUES (?, ?) IF NOT EXISTS USING TIMESTAMP ?',
      'on a conditional statement',
    ],
    [
      'UPDATE claims USING TIMESTAMP ? SET owner = ? WHERE name = ? IF owner = ?',
      'on a conditional statement',
    ],
    [`UPDATE messages SET content = null WHERE ${ROW}`, 'tombstone'],
    [`UPDATE messages SET likes = likes + 1 WHERE ${ROW}`, 'counts likes up'],
    [`UPDATE messages SET id = ? WHERE ${ROW}`, 'in the key'],
    ['UPDATE messages SET content = ? WHERE room = ? AND bucket = ?', 'whole row (day, id is missing)'],
    [
      'UPDATE messages SET content = ? WHERE room = ? AND bucket = ? AND day = ? AND id IN (?, ?)',
      'by =, not by IN',
    ],
    ['DELETE FROM messages WHERE room = ? AND bucket = ?', 'whole row (day, id is missing)'],
    ['DELETE FROM messages WHERE room = ? AND bucket = ? AND day < ? AND id = ?', '1,000 rows'],
    ['DELETE colour FROM messages WHERE room = ? AND bucket = ? AND day = ? AND id = ?', 'no column colour'],
    // Batches.
    [batch('UNLOGGED', 31), 'a batch of 31; unlogged ones end at 30'],
    [batch('', 101), 'a batch of 101; logged ones end at 100'],
    ['BEGIN COUNTER BATCH APPLY BATCH', 'counter batches'],
    [
      `BEGIN UNLOGGED BATCH ${INSERT}; INSERT INTO memberships (user) VALUES (?) APPLY BATCH`,
      'across partitions',
    ],
    [`BEGIN UNLOGGED BATCH ${INSERT} IF NOT EXISTS APPLY BATCH`, 'condition inside a batch'],
    [`BEGIN UNLOGGED BATCH USING TIMESTAMP ? ${INSERT} APPLY BATCH`, 'for a whole batch'],
    // Schema.
    [CREATE_MESSAGES, 'clustering order'],
    ['CREATE TABLE letters (id text, PRIMARY KEY (id))', 'not declared'],
    ['CREATE TABLE claims (name text, owner text, PRIMARY KEY (name))', 'needs a default TTL'],
    [
      'CREATE TABLE claims (name text, owner text, PRIMARY KEY (owner))',
      'partition key (owner) are not as declared',
    ],
    ['CREATE TABLE claims (name int, owner text, PRIMARY KEY (name))', 'columns'],
    [
      'CREATE TABLE memberships (user text, room text, PRIMARY KEY (user)) WITH default_time_to_live = 60',
      'never expire',
    ],
    [
      'CREATE TABLE memberships (user text, room text, PRIMARY KEY (user)) WITH COMPACT STORAGE',
      'compact storage',
    ],
    ['ALTER TABLE messages DROP likes', 'only gain columns'],
    ['ALTER TABLE messages ADD colour text', 'not declared'],
    [
      "CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 3}",
      'SimpleStrategy',
    ],
    // What is no CQL, or none that can be read.
    ['SELECT id FROM messages WHERE', 'expected a name'],
    ['SELECT id FROM messages WHERE room = ? AND bucket = ? AND', 'expected a name'],
    ['SELECT id FROM messages WHERE room = ? AND bucket = ? LIMIT 1 LIMIT 2', 'unexpected LIMIT'],
    ["SELECT id FROM messages WHERE room = 'open", 'cannot be read'],
    ['DESCRIBE TABLES', 'no statement that this project uses'],
  ])('%s', (cql, reason) => {
    expect(refuse(cql).join('\n')).toContain(reason);
  });
});

describe('CQL in source texts', () => {
  const collect = (source: string) => collectCql('test/unit/support/example.ts', source);
  const texts = (source: string) =>
    collect(source).flatMap((found) => found.texts ?? ['only known at run time']);

  it('is found in literals, templates and sums, with its place', () => {
    const [found] = collect("\n\nrun('SELECT a ' + 'FROM b');\nrun(`not CQL: select a seat`);");
    expect(found).toEqual({
      place: 'test/unit/support/example.ts:3',
      texts: ['SELECT a FROM b'],
      kind: 'statement',
    });
  });

  it('is put together from constants and both sides of a condition', () => {
    expect(texts("const C = 'a, b'; run(`SELECT ${C} FROM t WHERE d ${up ? '>' : '<'} ?`);")).toEqual([
      'SELECT a, b FROM t WHERE d > ?',
      'SELECT a, b FROM t WHERE d < ?',
    ]);
  });

  it('is what the Keyspaces dialect sends', () => {
    const source = (condition: string) =>
      `run(\`INSERT INTO t (a) VALUES (?)\${${condition} ? ' USING TIMESTAMP ?' : ''}\`)`;
    expect(texts(source("this.dialect === 'cassandra'"))).toEqual(['INSERT INTO t (a) VALUES (?)']);
    expect(texts(source("dialect !== 'keyspaces'"))).toEqual(['INSERT INTO t (a) VALUES (?)']);
    expect(texts(source("dialect === 'keyspaces'"))).toEqual([
      'INSERT INTO t (a) VALUES (?) USING TIMESTAMP ?',
    ]);
  });

  it('takes what stands together in a table together', () => {
    const source = `const T = { x: { table: 't', key: 'a' }, y: { table: 'u', key: 'b' } };
      function read(kind) { const { table, key } = T[kind]; return run(\`SELECT c FROM \${table} WHERE \${key} = ?\`); }`;
    expect(texts(source)).toEqual(['SELECT c FROM t WHERE a = ?', 'SELECT c FROM u WHERE b = ?']);
  });

  it('that is put together at run time is told apart', () => {
    expect(texts('function read(table) { return run(`SELECT a FROM ${table}`); }')).toEqual([
      'only known at run time',
    ]);
  });

  it('is found as a clause without its statement', () => {
    expect(collect('run(`${cql} USING TIMESTAMP ?`)').map(({ kind }) => kind)).toEqual(['fragment']);
  });
});
