import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CASSANDRA_TABLES } from '../../../core/contract/cassandra-tables.ts';
import { CassandraHistory } from '../../../lambdas/adapters/cassandra/cassandra-history.ts';
import { CassandraMessageStore } from '../../../lambdas/adapters/cassandra/cassandra-message-store.ts';
import { setUpSchema } from '../../../lambdas/adapters/cassandra/set-up-schema.ts';
import type { History } from '../../../lambdas/application/ports/history.ts';
import type { MessageStore } from '../../../lambdas/application/ports/message-store.ts';
import { describeMessageStore } from '../../support/ports/message-store-suite.ts';
import { makeTemporaryKeyspace, type TemporaryKeyspace } from '../../support/temporary-keyspace.ts';

const stores = inject('stores');
let keyspace: TemporaryKeyspace;

beforeAll(async () => {
  keyspace = await makeTemporaryKeyspace(stores);
});
afterAll(() => keyspace?.remove());

/** The two adapters together, as the suite wants them. */
function open(): MessageStore & History {
  const store = new CassandraMessageStore(keyspace.cassandra);
  const history = new CassandraHistory(keyspace.cassandra);
  return Object.assign(store, {
    newest: history.newest.bind(history),
    following: history.following.bind(history),
  });
}

describeMessageStore('Cassandra', open);

describe('the schema', () => {
  it('can be set up again, and gets the columns it lacks', async () => {
    await keyspace.cassandra.alterSchema('ALTER TABLE messages_by_conversation DROP content');
    await setUpSchema(keyspace.options, {
      keyspace: keyspace.name,
      replicationFactor: stores.replicationFactor,
    });
    const rows = await keyspace.cassandra.execute(
      "SELECT column_name FROM system_schema.columns WHERE keyspace_name = ? AND table_name = 'messages_by_conversation'",
      [keyspace.name],
    );
    const columns = rows.map((row) => row.column_name as string).sort();
    expect(columns).toEqual(Object.keys(CASSANDRA_TABLES.messages_by_conversation.columns).sort());
  });
});
