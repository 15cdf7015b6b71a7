import { isIP } from 'node:net';
import { auth, type ClientOptions } from 'cassandra-driver';
import type { CassandraOptions, ConnectionSecurity } from '../adapters/cassandra/cassandra.ts';
import { KeyspacesAuthProvider } from '../adapters/cassandra/keyspaces-auth-provider.ts';
import { readAuthority } from './authority.ts';
import { readCredentials } from './credentials.ts';
import { type CassandraSettings, roleCredentials } from './environment.ts';

/** Settings → options of a connection, without a keyspace. */
export function cassandraOptionsOf(settings: CassandraSettings): CassandraOptions {
  return {
    contactPoints: settings.contactPoints,
    port: settings.port,
    localDataCenter: settings.localDataCenter,
    dialect: settings.dialect,
    security: async () => ({
      ...(await authenticationOf(settings)),
      ...(settings.tls ? { sslOptions: await tlsOf(settings) } : {}),
    }),
  };
}

async function authenticationOf(
  settings: CassandraSettings,
): Promise<Pick<ConnectionSecurity, 'authProvider'>> {
  switch (settings.authentication) {
    case 'none':
      return {};
    case 'password': {
      const { username, password } = await readCredentials('CASSANDRA_SECRET', settings.secret);
      return { authProvider: new auth.PlainTextAuthProvider(username, password) };
    }
    case 'sigv4':
      return { authProvider: new KeyspacesAuthProvider(settings.region, roleCredentials) };
  }
}

/** Whom to believe, where connections are encrypted. */
export async function tlsOf({
  tlsAuthority,
  contactPoints,
}: CassandraSettings): Promise<NonNullable<ClientOptions['sslOptions']>> {
  // The driver connects to addresses, and Keyspaces has certificates for its name.
  const name = contactPoints.find((contactPoint) => isIP(contactPoint) === 0);
  return {
    rejectUnauthorized: true,
    ...(name === undefined ? {} : { servername: name }),
    ...(tlsAuthority === undefined
      ? {}
      : { ca: [await readAuthority('CASSANDRA_TLS_AUTHORITY', tlsAuthority)] }),
  };
}
