import { expect, it } from 'vitest';
import { cassandraOptionsOf } from '../../../lambdas/runtime/cassandra-options.ts';
import { cassandraSettings } from '../../../lambdas/runtime/environment.ts';

const securityWith = (contactPoints: string) =>
  cassandraOptionsOf(
    cassandraSettings({
      CASSANDRA_CONTACT_POINTS: contactPoints,
      CASSANDRA_LOCAL_DATA_CENTER: 'eu-west-1',
      CASSANDRA_KEYSPACE: 'ping_me',
      CASSANDRA_TLS: 'on',
    }),
  ).security?.();

it('the certificate is held against the name that was given, as the driver connects to addresses', async () => {
  expect(await securityWith('cassandra.eu-west-1.amazonaws.com')).toEqual({
    sslOptions: { rejectUnauthorized: true, servername: 'cassandra.eu-west-1.amazonaws.com' },
  });
});

it('where only addresses are given, it is held against these', async () => {
  expect(await securityWith('10.0.1.10, 10.0.2.10')).toEqual({ sslOptions: { rejectUnauthorized: true } });
});
