import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { CassandraRoles } from '../adapters/cassandra/cassandra-roles.ts';
import { cassandraOptionsOf } from './cassandra-options.ts';
import { cassandraSettings } from './environment.ts';
import { once } from './once.ts';

/** The roles of the nodes that the settings name; who logs in is said by each call, so CASSANDRA_SECRET is not read. */
export const databaseRoles = once(() => {
  const settings = cassandraSettings();
  return new CassandraRoles(cassandraOptionsOf({ ...settings, authentication: 'none' }), {
    name: settings.keyspace,
    replicationFactor: settings.replicationFactor,
  });
});

/** Before nodes are asked again that were away, or did not know a password yet. */
export function pause(): Promise<void> {
  return setTimeout(1_000);
}

/** 192 bits, in letters and digits that no quoting touches. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
