import cassandra, { type ClientOptions } from 'cassandra-driver';
import { onTestFinished } from 'vitest';
import { CLUSTER, type DeployedCluster } from './deployed-cluster.ts';

/** A connected driver that closes when the test ends. */
export async function connect(
  cluster: DeployedCluster,
  options: Pick<ClientOptions, 'credentials' | 'sslOptions'>,
  only?: number,
): Promise<cassandra.Client> {
  const { loadBalancing } = cassandra.policies;
  const address = only === undefined ? undefined : cluster.addresses[only - 1];
  const client = new cassandra.Client({
    contactPoints: address === undefined ? cluster.addresses : [address],
    localDataCenter: CLUSTER.dataCenter,
    protocolOptions: { port: cluster.port },
    queryOptions: { consistency: cassandra.types.consistencies.localQuorum, prepare: true },
    ...options,
    ...(address === undefined
      ? {}
      : {
          policies: {
            loadBalancing: new loadBalancing.AllowListPolicy(
              new loadBalancing.DCAwareRoundRobinPolicy(CLUSTER.dataCenter),
              [`${address}:${cluster.port}`],
            ),
          },
        }),
  });
  onTestFinished(() => client.shutdown());
  await client.connect();
  return client;
}
