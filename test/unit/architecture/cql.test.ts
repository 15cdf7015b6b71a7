import { describe, expect, it } from 'vitest';
import { CASSANDRA_TABLES } from '../../../core/contract/cassandra-tables.ts';
import {
  addColumnCql,
  createKeyspaceCql,
  createTablesCql,
} from '../../../lambdas/adapters/cassandra/schema-cql.ts';
import { collectCql } from '../../support/keyspaces-cql/collect.ts';
import { refuseCql } from '../../support/keyspaces-cql/refuse-statement.ts';
import { readSources } from '../../support/sources.ts';

/** Renders the schema from the declaration; what it renders is checked below, its templates cannot be. */
const SCHEMA_RENDERER = 'lambdas/adapters/cassandra/schema-cql.ts';
/** Statements on roles: only functions of a deployment with nodes of its own run them, and Keyspaces has no roles. */
const ROLES = 'lambdas/adapters/cassandra/role-cql.ts';
/** Asks nodes one by one, as many of them as there are: only functions of a deployment with nodes of its own do. */
const NODES = 'lambdas/adapters/cassandra/cassandra-nodes.ts';
/** Puts a timestamp behind a whole statement, and only where the dialect is Cassandra's. */
const TIMESTAMP_CLAUSE = 'lambdas/adapters/cassandra/positioned.ts';

const context = {
  tables: CASSANDRA_TABLES,
  // A membership's write timestamp is the time of the change, and never older than Keyspaces takes.
  clockTimestamps: ['conversations_by_user', 'members_by_conversation'],
};

const sources = readSources('lambdas');
const collected = sources.flatMap(({ path, text }) => collectCql(path, text));
const outside = (...files: string[]) =>
  collected.filter(({ place }) => !files.some((file) => place.startsWith(`${file}:`)));

describe('every CQL statement of the functions', () => {
  const statements = outside(SCHEMA_RENDERER, ROLES).filter(({ kind }) => kind === 'statement');

  it('is found', () => {
    expect(statements.length).toBeGreaterThan(20);
  });

  it('can be told from the source alone', () => {
    const untold = statements.filter(({ texts }) => texts === undefined).map(({ place }) => place);
    expect(untold).toEqual([]);
  });

  const told = statements.flatMap(({ place, texts }) => (texts ?? []).map((cql) => ({ place, cql })));
  it.each(told)('runs on Keyspaces: $place: $cql', ({ cql }) => {
    expect(refuseCql(cql, context)).toEqual([]);
  });

  it('is whole: no clause is put behind one elsewhere', () => {
    const clauses = collected
      .filter(({ kind }) => kind === 'fragment')
      .map(({ place }) => place.split(':')[0]);
    expect(new Set(clauses)).toEqual(new Set([SCHEMA_RENDERER, TIMESTAMP_CLAUSE]));
  });
});

describe('the schema', () => {
  it.each(createTablesCql('keyspaces'))('%s', (cql) => {
    expect(refuseCql(cql, context)).toEqual([]);
  });

  it('is made and grows by statements that Keyspaces knows', () => {
    expect(refuseCql(createKeyspaceCql('ping_me', 'dc1', 3), context)).toEqual([]);
    expect(refuseCql(addColumnCql('channels_by_id', 'topic', 'text'), context)).toEqual([]);
  });
});

describe('consistency', () => {
  // "Supported Apache Cassandra consistency levels in Amazon Keyspaces": writes LOCAL_QUORUM only. Reads could be weaker,
  // but a read that follows a write here has to see it.
  it('is LOCAL_QUORUM, and LOCAL_SERIAL for conditions, wherever it is named', () => {
    const bound = sources.filter(({ path }) => path !== NODES);
    const named = bound.flatMap(({ text }) => [...text.matchAll(/(\w+):\s*types\.consistencies\.(\w+)/g)]);
    expect(new Set(named.map(([, setting, level]) => `${setting} ${level}`))).toEqual(
      new Set(['consistency localQuorum', 'serialConsistency localSerial']),
    );
    expect(bound.flatMap(({ text }) => [...text.matchAll(/consistencies\.\w+/g)])).toHaveLength(named.length);
  });
});
