import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { CassandraOptions } from '../../../lambdas/adapters/cassandra/cassandra.ts';
import { CassandraRoles } from '../../../lambdas/adapters/cassandra/cassandra-roles.ts';
import { X509CertificateIssuer } from '../../../lambdas/adapters/pki/x509-certificate-issuer.ts';
import { renewCertificates } from '../../../lambdas/application/operations/renew-certificates.ts';
import { setUpDatabaseRoles } from '../../../lambdas/application/operations/set-up-database-roles.ts';
import { MemorySecrets } from '../../support/doubles/memory-secrets.ts';
import { CLUSTER, certificateSecretOf, type DeployedCluster, membershipOf } from './deployed-cluster.ts';

export const ADMINISTRATOR = { username: 'ping_me_administrator', password: 'a-Long_administrator1' };
export const USERNAMES = ['ping_me_a', 'ping_me_b'] as const;

/** The secrets of a deployment; what is written reaches the nodes' scripts too. */
export function createSecrets(cluster: DeployedCluster): MemorySecrets {
  const secrets = new MemorySecrets((id, text) => cluster.aws.write(id, text));
  secrets.put('administrator', JSON.stringify(ADMINISTRATOR));
  secrets.put('application', JSON.stringify({ username: USERNAMES[0], password: 'the-First_password1' }));
  for (const number of [1, 2, 3]) cluster.aws.write(membershipOf(number), 'none');
  return secrets;
}

/** Issues and renews, as the function does at this time. */
export function issueCertificates(
  cluster: DeployedCluster,
  secrets: MemorySecrets,
  now = new Date(),
): Promise<string[]> {
  return renewCertificates(
    { secrets, issuer: new X509CertificateIssuer(), now: () => now },
    {
      authorityName: CLUSTER.name,
      authoritySecret: 'authority',
      trustSecret: 'trust',
      nodes: cluster.addresses.map((address, index) => ({
        secret: certificateSecretOf(index + 1),
        subject: { name: `node-${index + 1}`, addresses: [address] },
      })),
    },
  );
}

/** How the functions connect: to all nodes, over TLS, believing in the authority alone. Who logs in is added. */
export function connectionTo(cluster: DeployedCluster): CassandraOptions {
  return {
    contactPoints: cluster.addresses,
    port: cluster.port,
    localDataCenter: CLUSTER.dataCenter,
    dialect: 'cassandra',
    security: async () => ({
      sslOptions: { rejectUnauthorized: true, ca: [readFileSync(cluster.trustedCertificates(1))] },
    }),
  };
}

export function rolesOf(cluster: DeployedCluster): CassandraRoles {
  return new CassandraRoles(connectionTo(cluster), { name: CLUSTER.keyspace, replicationFactor: 3 });
}

export async function setUpRoles(cluster: DeployedCluster, secrets: MemorySecrets): Promise<void> {
  const giveUpAt = performance.now() + 60_000;
  await setUpDatabaseRoles(
    {
      secrets,
      roles: rolesOf(cluster),
      pause: () => pause(250),
      mayGoOn: () => performance.now() < giveUpAt,
    },
    { administratorSecret: 'administrator', applicationSecret: 'application', nodeCount: 3 },
  );
  cluster.credentials = ADMINISTRATOR;
}
