import { readFileSync } from 'node:fs';
import { auth } from 'cassandra-driver';
import type { CassandraOptions } from '../adapters/cassandra/cassandra.ts';
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
  const place = settings.secret;
  if (place === undefined || !place.startsWith('file:')) {
    throw new SettingError('CASSANDRA_SECRET', 'must say where user name and password are, as file:<path>');
  }
  const { username, password } = JSON.parse(readFileSync(place.slice('file:'.length), 'utf8')) as {
    username: string;
    password: string;
  };
  return { authProvider: new auth.PlainTextAuthProvider(username, password) };
}

function tlsOf(settings: CassandraSettings): NonNullable<CassandraOptions['sslOptions']> {
  return {
    rejectUnauthorized: true,
    ...(settings.tlsAuthority === undefined ? {} : { ca: [readFileSync(settings.tlsAuthority)] }),
  };
}
