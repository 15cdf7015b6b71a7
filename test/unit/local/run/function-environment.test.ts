import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSessionKeys } from '../../../../lambdas/adapters/identity/session-keys.ts';
import {
  cassandraSettings,
  dynamoSettings,
  kafkaSettings,
  originSettings,
  sessionSettings,
  setUpSettings,
} from '../../../../lambdas/runtime/environment.ts';
import { functionEnvironment } from '../../../../local/run/function-environment.ts';
import { keepSecrets, readOriginSecret } from '../../../../local/run/secrets.ts';
import type { StoreAddresses } from '../../../../local/stores/stores.ts';

const stores: StoreAddresses = {
  kafka: { brokers: ['127.0.0.1:1', '127.0.0.1:2'], proxiedListeners: [] },
  cassandra: { contactPoints: ['127.0.0.1', '127.0.0.2'], port: 9, localDataCenter: 'dc1', nodetool: [] },
  dynamodb: { endpoint: 'http://127.0.0.1:3' },
  replicationFactor: 3,
  controlSocket: '/tmp/x',
};
const names = { topicPrefix: 't-', keyspace: 'k', tablePrefix: 'd-' };

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ping-me-secrets-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('functionEnvironment', () => {
  it('says all that functions ask for', async () => {
    const environment = functionEnvironment(stores, names, await keepSecrets(directory), {});
    expect(kafkaSettings(environment)).toMatchObject({
      brokers: stores.kafka.brokers,
      topicPrefix: 't-',
      authentication: 'none',
    });
    expect(cassandraSettings(environment)).toMatchObject({
      contactPoints: stores.cassandra.contactPoints,
      port: 9,
      localDataCenter: 'dc1',
      keyspace: 'k',
      replicationFactor: 3,
    });
    expect(dynamoSettings(environment).endpoint).toBe('http://127.0.0.1:3');
    expect(dynamoSettings(environment).tableName('liveAudiences')).toBe('d-liveAudiences');
    expect(setUpSettings(environment)).toEqual({
      partitions: 'local',
      kafkaReplicationFactor: 3,
      createsTopics: true,
    });
    expect(sessionSettings(environment).keys).toBe(`file:${join(directory, 'secrets', 'session-keys')}`);
    expect(originSettings(environment).secret).toBe(`file:${join(directory, 'secrets', 'origin-secret')}`);
  });

  it('lets settings be changed', async () => {
    const environment = functionEnvironment(stores, names, await keepSecrets(directory), {
      SESSION_TOKEN_LIFETIME_SECONDS: '3',
    });
    expect(sessionSettings(environment).tokenLifetimeSeconds).toBe(3);
  });
});

describe('keepSecrets', () => {
  it('makes secrets that the functions can use, for the owner alone', async () => {
    const files = await keepSecrets(directory);
    const { current } = parseSessionKeys(await readFile(files.sessionKeys, 'utf8'), Date.now());
    expect(current.key.length).toBeGreaterThanOrEqual(32);
    expect((await readOriginSecret(files.originSecret)).length).toBeGreaterThanOrEqual(32);
    for (const file of Object.values(files)) expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('keeps them', async () => {
    const files = await keepSecrets(directory);
    const before = await readFile(files.sessionKeys, 'utf8');
    await keepSecrets(directory);
    expect(await readFile(files.sessionKeys, 'utf8')).toBe(before);
  });

  it('sends the first origin secret while two are accepted', async () => {
    const { originSecret } = await keepSecrets(directory);
    await writeFile(originSecret, 'new\nold\n');
    expect(await readOriginSecret(originSecret)).toBe('new');
  });
});
