import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import { createKafkaClient } from '../../../lambdas/adapters/kafka/kafka-client.ts';
import { X509CertificateIssuer } from '../../../lambdas/adapters/pki/x509-certificate-issuer.ts';

const issuer = new X509CertificateIssuer();
const validity = { from: new Date(Date.now() - 60_000), until: new Date(Date.now() + 3_600_000) };

let server: Server | undefined;
afterEach(() => server?.close());

/** A listener with a certificate of a private authority; `heard` counts what clients say to it, which try several times. */
async function broker() {
  const authority = await issuer.createAuthority('Theirs', validity);
  const { key, certificate } = await issuer.issue(
    authority,
    { name: 'broker', addresses: ['127.0.0.1'] },
    validity,
  );
  const heard = { requests: 0 };
  server = createServer({ key, cert: certificate }, (socket) => {
    socket.on('error', () => undefined);
    // The first request asks for API versions: it comes only once the client believes who it talks to.
    socket.once('data', () => {
      heard.requests += 1;
      socket.destroy();
    });
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { address: `127.0.0.1:${port}`, authority: authority.certificate, heard };
}

async function tryToConnect(address: string, authority?: string): Promise<unknown> {
  const client = await createKafkaClient({
    brokers: () => [address],
    tls: true,
    ...(authority === undefined ? {} : { authority: async () => authority }),
  });
  const admin = client.admin({ retry: { retries: 0 } });
  return admin.connect().then(
    () => admin.disconnect(),
    (error: unknown) => error,
  );
}

it('brokers with certificates of a private authority are believed where it is named, and only there', async () => {
  const { address, authority, heard } = await broker();
  expect(String(await tryToConnect(address))).toMatch(/certificate/);
  expect(heard.requests).toBe(0);
  await tryToConnect(address, authority);
  expect(heard.requests).toBeGreaterThan(0);
});
