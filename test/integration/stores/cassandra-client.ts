import { randomBytes } from 'node:crypto';
import cassandra from 'cassandra-driver';
import { onTestFinished } from 'vitest';
import type { StoreAddresses } from '../../../local/stores/stores.ts';

/** A connected driver; it closes when the test ends. */
export async function connectCassandra(
  address: StoreAddresses['cassandra'],
  only?: string,
): Promise<cassandra.Client> {
  const { loadBalancing } = cassandra.policies;
  const client = new cassandra.Client({
    contactPoints: only === undefined ? address.contactPoints : [only],
    localDataCenter: address.localDataCenter,
    protocolOptions: { port: address.port },
    queryOptions: { consistency: cassandra.types.consistencies.localQuorum, prepare: true },
    ...(only === undefined
      ? {}
      : {
          policies: {
            loadBalancing: new loadBalancing.AllowListPolicy(
              new loadBalancing.DCAwareRoundRobinPolicy(address.localDataCenter),
              [`${only}:${address.port}`],
            ),
          },
        }),
  });
  await client.connect();
  onTestFinished(() => client.shutdown());
  return client;
}

/** A keyspace of the test's own with a table `notes (id int, text text)`; it goes when the test ends. */
export async function createNotes(client: cassandra.Client, replicationFactor: number): Promise<string> {
  const keyspace = `test_${randomBytes(6).toString('hex')}`;
  await client.execute(
    `CREATE KEYSPACE ${keyspace} WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': ${replicationFactor}}`,
  );
  await client.execute(`CREATE TABLE ${keyspace}.notes (id int PRIMARY KEY, text text)`);
  onTestFinished(async () => {
    await client.execute(`DROP KEYSPACE ${keyspace}`);
  });
  return `${keyspace}.notes`;
}

export async function countNotes(client: cassandra.Client, table: string): Promise<number> {
  const { rows } = await client.execute(`SELECT id FROM ${table}`, [], {
    consistency: cassandra.types.consistencies.localOne,
  });
  return rows.length;
}
