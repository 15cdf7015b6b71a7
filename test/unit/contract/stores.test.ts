import { describe, expect, it } from 'vitest';
import { CASSANDRA_TABLES, type CassandraTableDeclaration } from '../../../core/contract/cassandra-tables.ts';
import { DYNAMODB_TABLES } from '../../../core/contract/dynamodb-tables.ts';
import { EVENT_SOURCES } from '../../../core/contract/event-sources.ts';
import { BATCH_MAX_STATEMENTS, BUCKET_MAX_MESSAGES } from '../../../core/contract/limits.ts';
import { METRICS } from '../../../core/contract/metrics.ts';
import { TOPICS, type TopicDeclaration } from '../../../core/contract/topics.ts';
import { readSources } from '../../support/sources.ts';
import { bytesOf, worstMessage } from './worst-message.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const lambdas = readSources('lambdas')
  .map(({ text }) => text)
  .join('\n');
const tables = Object.entries(CASSANDRA_TABLES as Readonly<Record<string, CassandraTableDeclaration>>);

describe('the topics', () => {
  it.each(Object.values(TOPICS as Readonly<Record<string, TopicDeclaration>>))(
    '$name keeps what it acknowledged',
    (topic) => {
      expect(topic.replicationFactor).toBe(3);
      expect(topic.configs).toMatchObject({
        'min.insync.replicas': '2',
        'unclean.leader.election.enable': 'false',
        'message.timestamp.type': 'LogAppendTime',
        'cleanup.policy': 'delete',
      });
    },
  );

  it.each([
    ['messages', 7, { cloud: 12, local: 6 }],
    ['signals', 1, { cloud: 12, local: 6 }],
    ['messagesDead', 30, { cloud: 1, local: 1 }],
  ] as const)('%s are kept %i days in partitions %j', (name, days, partitions) => {
    expect(Number(TOPICS[name].configs['retention.ms'])).toBe(days * DAY_MS);
    expect(TOPICS[name].partitions).toEqual(partitions);
  });
});

describe('the event sources', () => {
  it('are three, each its own group, and only deliver reads signals', () => {
    expect(EVENT_SOURCES.map(({ name, function: reader, topic }) => [name, reader, topic])).toEqual([
      ['store-messages', 'store', 'messages'],
      ['deliver-messages', 'deliver', 'messages'],
      ['deliver-signals', 'deliver', 'signals'],
    ]);
  });

  it.each(EVENT_SOURCES)('$name stays within what Lambda takes and never gives up', (source) => {
    expect(TOPICS[source.topic]).toBeDefined();
    expect(source.batchSize).toBeGreaterThanOrEqual(1);
    expect(source.batchSize).toBeLessThanOrEqual(10_000);
    // Less than 100 ms end to end needs window 0, and window 0 needs provisioned pollers. Nobody waits for the store.
    expect(source.maximumBatchingWindowSeconds).toBe(source.function === 'deliver' ? 0 : 1);
    expect(source.pollers.minimum).toBeGreaterThanOrEqual(1);
    expect(source.maximumRetryAttempts).toBe(-1);
    expect(source.startingPosition).toBe('TRIM_HORIZON');
    expect(source.reportBatchItemFailures).toBe(true);
    // With one, Lambda stops after ten attempts, whatever the number of retries says.
    expect(Object.keys(source).some((key) => /destination/i.test(key))).toBe(false);
  });
});

describe.each(tables)('the Cassandra table %s', (name, table) => {
  const clustering = (table.clusteringColumns ?? []).map((column) => column.name);

  it('has columns for its key, each once', () => {
    const key = [...table.partitionKey, ...clustering];
    expect(key.filter((column) => table.columns[column] === undefined)).toEqual([]);
    expect(new Set(key).size).toBe(key.length);
  });

  it('is named for the query it answers', () => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*(_by_[a-z]+(_[a-z]+)*|_claims|_heads)$/);
  });

  it('expires only where it holds claims', () => {
    expect(table.rowsExpire === true).toBe(name.endsWith('_claims'));
  });

  it('is used, with each of its columns', () => {
    const isUsed = (word: string) => new RegExp(`\\b${word}\\b`).test(lambdas);
    expect([name, ...Object.keys(table.columns)].filter((word) => !isUsed(word))).toEqual([]);
  });
});

describe('the limits of the stores', () => {
  it('keep a batch within what Keyspaces runs', () => {
    expect(BATCH_MAX_STATEMENTS).toBeLessThanOrEqual(30);
  });

  it('keep a row within the 1 MB of Keyspaces', () => {
    expect(bytesOf(worstMessage())).toBeLessThan(1_000_000);
  });

  it('keep a bucket within 100,000 rows, and within 100 MB of messages of a usual length', () => {
    const usual = { ...worstMessage(), content: 'x'.repeat(200) };
    expect(BUCKET_MAX_MESSAGES).toBeLessThanOrEqual(100_000);
    expect(BUCKET_MAX_MESSAGES * bytesOf(usual)).toBeLessThan(100 * 1024 * 1024);
  });
});

describe('the DynamoDB tables', () => {
  it.each(Object.entries(DYNAMODB_TABLES))(
    '%s is recoverable unless it expires or is rebuilt',
    (name, table) => {
      expect(table.partitionKey).not.toBe(table.sortKey);
      if (table.pointInTimeRecovery) expect(table.timeToLive, name).toBeUndefined();
    },
  );

  it('never let an identity or a membership expire', () => {
    expect(DYNAMODB_TABLES.identities.timeToLive).toBeUndefined();
    expect(DYNAMODB_TABLES.memberships.timeToLive).toBeUndefined();
  });
});

describe('the metrics', () => {
  it.each(Object.keys(METRICS))('%s is counted somewhere', (name) => {
    expect(lambdas.includes(`'${name}'`)).toBe(true);
  });
});
