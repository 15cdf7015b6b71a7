import { X509Certificate } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { X509CertificateIssuer } from '../../../lambdas/adapters/pki/x509-certificate-issuer.ts';
import {
  type CertificatePlan,
  type NodeSecret,
  renewCertificates,
} from '../../../lambdas/application/operations/renew-certificates.ts';
import { MemorySecrets } from '../../support/doubles/memory-secrets.ts';

const DAY_MS = 86_400_000;
const START = new Date('2026-01-01T00:00:00Z');
const plan: CertificatePlan = {
  authorityName: 'test authority',
  authoritySecret: 'authority',
  trustSecret: 'trust',
  nodes: [1, 2].map((number) => ({
    secret: `node-${number}`,
    subject: { name: `node-${number}`, addresses: [`10.0.${number}.10`] },
  })),
};

let secrets: MemorySecrets;

beforeEach(() => {
  secrets = new MemorySecrets();
});

function run(daysLater = 0, changed: Partial<CertificatePlan> = {}): Promise<string[]> {
  const now = new Date(START.getTime() + daysLater * DAY_MS);
  return renewCertificates(
    { secrets, issuer: new X509CertificateIssuer(), now: () => now },
    { ...plan, ...changed },
  );
}

async function nodeSecret(number: number): Promise<NodeSecret> {
  return JSON.parse((await secrets.read(`node-${number}`)) ?? '');
}

const firstCertificate = (pem: string) =>
  new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE')));

describe('issuing', () => {
  it('gives an authority, what to trust, and every node a key with a chain for its address', async () => {
    // What a stack generates is random text, and no JSON.
    secrets.put('node-1', 'x7$kq');
    expect(await run()).toEqual(['authority', 'node-1', 'node-2']);
    const { keyAndCertificates, trustedCertificates } = await nodeSecret(2);
    const trusted = new X509Certificate((await secrets.read('trust')) ?? '');
    const certificate = firstCertificate(keyAndCertificates);
    expect(trustedCertificates).toBe(await secrets.read('trust'));
    expect(keyAndCertificates).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(keyAndCertificates.endsWith(trustedCertificates)).toBe(true);
    expect(certificate.checkIP('10.0.2.10')).toBe('10.0.2.10');
    expect(certificate.checkIP('10.0.1.10')).toBeUndefined();
    expect(certificate.ca).toBe(false);
    expect(certificate.verify(trusted.publicKey)).toBe(true);
    expect(trusted.ca).toBe(true);
  });

  it('gives no node the authority’s key, and no two nodes the same', async () => {
    await run();
    const { key } = JSON.parse((await secrets.read('authority')) ?? '');
    const [one, two] = [await nodeSecret(1), await nodeSecret(2)];
    expect(JSON.stringify([one, two, await secrets.read('trust')])).not.toContain(key.split('\n')[1]);
    expect(one.keyAndCertificates).not.toBe(two.keyAndCertificates);
  });
});

describe('renewing', () => {
  it('leaves alone what is good, and is due when less than a third of the year is left', async () => {
    await run();
    expect(await run(1)).toEqual([]);
    expect(await run(243)).toEqual([]);
    expect(await run(244)).toEqual(['node-1', 'node-2']);
    expect(await run(245)).toEqual([]);
  });

  it('goes on where it was cut off', async () => {
    await run();
    secrets.put('node-2', '');
    expect(await run(1)).toEqual(['node-2']);
  });

  it('issues anew for a node whose address has changed', async () => {
    await run();
    const nodes = plan.nodes.map((node) => ({
      ...node,
      subject: { ...node.subject, addresses: ['10.9.9.9'] },
    }));
    expect(await run(1, { nodes })).toEqual(['node-1', 'node-2']);
  });

  it('keeps the authority’s key, so that what it signed before stays good', async () => {
    await run();
    const before = firstCertificate((await nodeSecret(1)).keyAndCertificates);
    const years = 3_650 * 0.7;
    expect(await run(years)).toContain('authority');
    const renewed = new X509Certificate((await secrets.read('trust')) ?? '');
    expect(before.verify(renewed.publicKey)).toBe(true);
    expect(new Date(renewed.validTo).getTime()).toBeGreaterThan(START.getTime() + 3_650 * DAY_MS);
  });
});
