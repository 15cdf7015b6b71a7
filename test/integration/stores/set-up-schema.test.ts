import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { setUpSchema } from '../../../lambdas/adapters/cassandra/set-up-schema.ts';
import { makeTemporaryKeyspace, type TemporaryKeyspace } from '../../support/temporary-keyspace.ts';

const stores = inject('stores');
let kept: TemporaryKeyspace;
beforeAll(async () => {
  kept = await makeTemporaryKeyspace(stores);
});
afterAll(() => kept.remove());

const setUp = (keyspace: string) =>
  setUpSchema(kept.options, {
    keyspace,
    replicationFactor: stores.replicationFactor,
    makesKeyspace: false,
  });

it('a keyspace that was kept gets the table and the column that it lacks, and keeps its rows', async () => {
  const { cassandra } = kept;
  await cassandra.alterSchema('DROP TABLE channels_by_id');
  await cassandra.alterSchema('ALTER TABLE users_by_id DROP avatar');
  await cassandra.execute('INSERT INTO users_by_id (user_id, first_name) VALUES (?, ?)', ['ada', 'Ada']);
  await setUp(kept.name);
  await cassandra.execute('INSERT INTO channels_by_id (channel_id, name) VALUES (?, ?)', ['c1', 'general']);
  const [ada] = await cassandra.execute('SELECT first_name, avatar FROM users_by_id WHERE user_id = ?', [
    'ada',
  ]);
  expect({ ...ada }).toEqual({ first_name: 'Ada', avatar: null });
});

it('one that is not there is refused in one sentence, and not made', async () => {
  const missing = `${kept.name}_missing`;
  await expect(setUp(missing)).rejects.toThrow(
    `There is no keyspace ${missing}: see how the kept one is named.`,
  );
  await expect(setUp(missing)).rejects.toThrow('There is no keyspace');
});
