import { expect, it } from 'vitest';
import { CassandraNodes } from '../../../lambdas/adapters/cassandra/cassandra-nodes.ts';
import { freePort } from '../../support/free-port.ts';

it('asks who answers with one reading of the authority, and with nobody’s password', async () => {
  const read: string[] = [];
  const nodes = new CassandraNodes({
    contactPoints: [],
    // Nobody listens there.
    port: await freePort(),
    localDataCenter: 'eu-central-1',
    dialect: 'cassandra',
    tls: async () => {
      read.push('authority');
      return {};
    },
    security: async () => {
      read.push('password');
      return {};
    },
  });
  expect(await nodes.answering(['127.0.0.1', '127.0.0.2', '127.0.0.3'])).toEqual([]);
  expect(read).toEqual(['authority']);
});
