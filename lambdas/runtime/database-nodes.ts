import { setTimeout } from 'node:timers/promises';
import { CassandraNodes } from '../adapters/cassandra/cassandra-nodes.ts';
import { cassandraOptionsOf, tlsOf } from './cassandra-options.ts';
import { cassandraSettings } from './environment.ts';
import { once } from './once.ts';

/** The nodes that the settings name. */
export const databaseNodes = once(() => {
  const settings = cassandraSettings();
  return new CassandraNodes({
    ...cassandraOptionsOf(settings),
    keyspace: settings.keyspace,
    tls: () => tlsOf(settings),
  });
});

/** Before nodes are asked again: an instance takes minutes to come. */
export function pauseBetweenAnswers(): Promise<void> {
  return setTimeout(10_000);
}
