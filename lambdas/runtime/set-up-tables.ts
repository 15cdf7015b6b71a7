import { setUpSchema } from '../adapters/cassandra/set-up-schema.ts';
import { cassandraOptionsOf } from './cassandra-options.ts';
import { cassandraSettings } from './environment.ts';

/** Brings the tables of a keyspace that is there already to what is declared. */
export async function setUpTables(): Promise<void> {
  const cassandra = cassandraSettings();
  await setUpSchema(cassandraOptionsOf(cassandra), { ...cassandra, makesKeyspace: false });
}
