import { Cassandra } from '../adapters/cassandra/cassandra.ts';
import { cassandraOptionsOf } from './cassandra-options.ts';
import { cassandraSettings } from './environment.ts';
import { once } from './once.ts';

/** The instance's connection to Cassandra; it connects at its first statement. */
export const cassandra = once(() => {
  const settings = cassandraSettings();
  return new Cassandra({ ...cassandraOptionsOf(settings), keyspace: settings.keyspace });
});
