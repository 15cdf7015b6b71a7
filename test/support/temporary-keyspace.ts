import { randomBytes } from 'node:crypto';
import { Cassandra, type CassandraOptions } from '../../lambdas/adapters/cassandra/cassandra.ts';
import { setUpSchema } from '../../lambdas/adapters/cassandra/set-up-schema.ts';
import type { StoreAddresses } from '../../local/stores/stores.ts';

export interface TemporaryKeyspace {
  readonly name: string;
  readonly options: CassandraOptions;
  readonly cassandra: Cassandra;
  /** Drops the keyspace and closes the connection. */
  remove(): Promise<void>;
}

/** A keyspace of its own with all tables, on the stores of this test run. */
export async function makeTemporaryKeyspace(
  stores: StoreAddresses,
  dialect: CassandraOptions['dialect'] = 'cassandra',
): Promise<TemporaryKeyspace> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const options: CassandraOptions = { ...stores.cassandra, dialect };
  // Tables of Keyspaces have properties that Cassandra does not know; their statements it takes.
  await setUpSchema(
    { ...options, dialect: 'cassandra' },
    { keyspace: name, replicationFactor: stores.replicationFactor },
  );
  const cassandra = new Cassandra({ ...options, keyspace: name });
  return {
    name,
    options,
    cassandra,
    remove: async () => {
      await cassandra.alterSchema(`DROP KEYSPACE IF EXISTS ${name}`);
      await cassandra.close();
    },
  };
}
