import { readFile } from 'node:fs/promises';
import cassandra from 'cassandra-driver';
import type {
  CassandraAuthentication,
  CassandraTls,
} from '../../nodes/cassandra/configuration/node-options.ts';

const CONNECT_MILLISECONDS = 2_000;
const READ_MILLISECONDS = 4_000;

/** What a new cluster with password authentication knows; a deployment replaces it, a run on one machine keeps it. */
const FIRST_SUPERUSER = { username: 'cassandra', password: 'cassandra' };

/** Answered by as many replicas as the consistency says; the table is in every cluster, on three nodes where there are three. */
const PROBE = 'SELECT parent_id FROM system_distributed.parent_repair_history WHERE parent_id = ?';

export interface ServingProbe {
  /** The node that is asked about. */
  address: string;
  port: number;
  dataCenter: string;
  /** Addresses of all nodes that run at the moment, its own included. */
  runningAddresses: readonly string[];
  authentication: CassandraAuthentication;
  /** Who asks, where there are passwords; the first superuser by default. */
  credentials?: { username: string; password: string };
  tls: CassandraTls;
}

/**
 * Whether a driver that starts at this node sees every running node up, and every running node reaches all of them. That is 4
 * to 5 s later than an open port.
 *
 * @throws when the node does not answer
 */
export async function isServing(probe: ServingProbe): Promise<boolean> {
  const client = new cassandra.Client({
    contactPoints: [probe.address],
    localDataCenter: probe.dataCenter,
    protocolOptions: { port: probe.port },
    socketOptions: { connectTimeout: CONNECT_MILLISECONDS, readTimeout: READ_MILLISECONDS },
    pooling: { coreConnectionsPerHost: { [cassandra.types.distance.local]: 1 } },
    ...(probe.authentication === 'password' ? { credentials: probe.credentials ?? FIRST_SUPERUSER } : {}),
    ...(probe.tls === 'off'
      ? {}
      : {
          // The driver believes anybody unless it is told not to.
          sslOptions: {
            rejectUnauthorized: true,
            ca: [await readFile(probe.tls.client.trustedCertificates)],
          },
        }),
  });
  try {
    await client.connect();
    const hosts = client.hosts.values();
    const running = probe.runningAddresses.map((address) =>
      hosts.find((host) => host.address === `${address}:${probe.port}` && host.isUp()),
    );
    for (const host of running) {
      if (host === undefined) return false;
      await client.execute(PROBE, [cassandra.types.TimeUuid.now()], {
        host,
        prepare: true,
        consistency: consistencyOf(running.length),
        retry: new cassandra.policies.retry.FallthroughRetryPolicy(),
      });
    }
    return true;
  } finally {
    await client.shutdown();
  }
}

function consistencyOf(replicas: number): number {
  const { one, two, three } = cassandra.types.consistencies;
  return [one, two, three][replicas - 1] ?? three;
}
