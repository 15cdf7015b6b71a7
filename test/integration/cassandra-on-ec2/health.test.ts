import { mkdtempSync, readFileSync, rmSync, statfsSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { X509CertificateIssuer } from '../../../lambdas/adapters/pki/x509-certificate-issuer.ts';
import { NODE_METRICS, NODE_METRICS_NAMESPACE } from '../../../nodes/cassandra/health-metrics.ts';
import { publishedMetrics } from '../../support/published-metrics.ts';
import { CLUSTER, DeployedCluster } from './deployed-cluster.ts';
import { createSecrets, issueCertificates } from './set-up-cluster.ts';

const STARTS_MILLISECONDS = 400_000;
const HOUR_MS = 3_600_000;

const folder = mkdtempSync(join(tmpdir(), 'ping-me-test-'));
let cluster: DeployedCluster;

beforeAll(async () => {
  cluster = await DeployedCluster.create(folder);
  await issueCertificates(cluster, createSecrets(cluster));
  await cluster.start(1, 2, 3);
}, STARTS_MILLISECONDS);

afterAll(async () => {
  await cluster?.end();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** What a node says when it is asked now. */
async function metricsOf(number: number) {
  await cluster.script(number, 'health');
  return publishedMetrics(cluster.aws);
}

async function metricOf(number: number, name: keyof typeof NODE_METRICS): Promise<number | undefined> {
  return (await metricsOf(number)).metrics[name]?.value;
}

it('a node that is well says all that is declared, with its units and its number', async () => {
  await waitFor('it to see the others', async () => (await metricOf(1, 'NodesSeenDown')) === 0);
  const { namespace, metrics } = await metricsOf(1);
  expect(namespace).toBe(NODE_METRICS_NAMESPACE);
  expect(Object.fromEntries(Object.entries(metrics).map(([name, { unit }]) => [name, unit]))).toEqual(
    NODE_METRICS,
  );
  for (const { node } of Object.values(metrics)) expect(node).toBe('1');
  expect(metrics).toMatchObject({
    Answers: { value: 1 },
    NodesSeenDown: { value: 0 },
    SnapshotAge: { value: 0 },
    RepairAge: { value: 0 },
  });
  // Issued now for a year.
  expect(metrics.CertificateDays?.value).toBeCloseTo(365, 0);
  // As df counts: what is kept for the superuser is neither used nor free.
  const { blocks, bfree, bavail } = statfsSync(cluster.home(1));
  const used = blocks - bfree;
  expect(Math.abs((metrics.DiskUsed?.value ?? Number.NaN) - (100 * used) / (used + bavail))).toBeLessThan(2);
});

it('a snapshot and a repair that came to their ends start their ages anew, each its own', async () => {
  const time = new Date(Date.now() - 300 * HOUR_MS - 1_000);
  utimesSync(join(cluster.home(2), 'volume', 'node-identity'), time, time);
  expect((await metricsOf(2)).metrics).toMatchObject({
    SnapshotAge: { value: 300 },
    RepairAge: { value: 300 },
  });
  await cluster.script(2, 'snapshot');
  expect((await metricsOf(2)).metrics).toMatchObject({
    SnapshotAge: { value: 0 },
    RepairAge: { value: 300 },
  });
  await cluster.script(2, 'repair');
  expect((await metricsOf(2)).metrics).toMatchObject({ SnapshotAge: { value: 0 }, RepairAge: { value: 0 } });
});

it('a node with a certificate that clients refuse does not answer', async () => {
  const file = cluster.trustedCertificates(3);
  const trusted = readFileSync(file);
  const now = Date.now();
  const other = await new X509CertificateIssuer().createAuthority(CLUSTER.name, {
    from: new Date(now - HOUR_MS),
    until: new Date(now + HOUR_MS),
  });
  expect(await metricOf(3, 'Answers')).toBe(1);
  writeFileSync(file, other.certificate);
  try {
    expect(await metricOf(3, 'Answers')).toBe(0);
  } finally {
    writeFileSync(file, trusted);
  }
});

it('a node that died says so itself as long as its machine lives, and the others see it down', async () => {
  expect(await metricOf(3, 'Answers')).toBe(1);
  await cluster.kill(3);
  const { metrics } = await metricsOf(3);
  expect(metrics).toMatchObject({ Answers: { value: 0 }, DiskUsed: { unit: 'Percent' } });
  expect(metrics).not.toHaveProperty('CertificateDays');
  expect(metrics).not.toHaveProperty('NodesSeenDown');
  await waitFor('another node to see it down', async () => (await metricOf(1, 'NodesSeenDown')) === 1);
  expect(await metricOf(1, 'Answers')).toBe(1);
});
