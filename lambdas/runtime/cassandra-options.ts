import { readFileSync } from 'node:fs';
import { auth } from 'cassandra-driver';
import type { CassandraOptions } from '../adapters/cassandra/cassandra.ts';
import { credentialsAt } from './credentials.ts';
import { type CassandraSettings, SettingError } from './environment.ts';

/** Settings → options of a connection, without a keyspace. */
export function cassandraOptionsOf(settings: CassandraSettings): CassandraOptions {
  return {
    contactPoints: settings.contactPoints,
    port: settings.port,
    localDataCenter: settings.localDataCenter,
    dialect: settings.dialect,
    ...authenticationOf(settings),
    ...(settings.tls ? { sslOptions: tlsOf(settings) } : {}),
  };
}

function authenticationOf(settings: CassandraSettings): Pick<CassandraOptions, 'authProvider'> {
  if (settings.authentication === 'none') return {};
  if (settings.authentication === 'sigv4') {
    throw new SettingError(
      'CASSANDRA_AUTHENTICATION',
      'must be none or password here: sigv4 comes with Keyspaces',
    );
  }
  const { username, password } = credentialsAt('CASSANDRA_SECRET', settings.secret);
  return { authProvider: new auth.PlainTextAuthProvider(username, password) };
}

function tlsOf(settings: CassandraSettings): NonNullable<CassandraOptions['sslOptions']> {
  return {
    rejectUnauthorized: true,
    ...(settings.tlsAuthority === undefined ? {} : { ca: [readFileSync(settings.tlsAuthority)] }),
  };
}
