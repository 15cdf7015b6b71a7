import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, it } from 'vitest';
import {
  ConnectionsSigner,
  type RequestToSign,
} from '../../../lambdas/adapters/websocket/connections-signer.ts';

class Sha256 {
  readonly #hash;
  constructor(secret?: Uint8Array | string) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(chunk: Uint8Array | string): void {
    this.#hash.update(chunk);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const NOW = new Date('2026-11-23T03:04:05.678Z');
const post: RequestToSign = {
  method: 'POST',
  path: '/production/@connections/L0SM9cOFvHcCIhw%3D',
  host: 'a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com',
  body: '{"events":[{"content":"é, and more"}]}',
};

/** What the SDK's own signer makes of the same request. */
async function bySdk({ method, path, host, body }: RequestToSign, sessionToken?: string): Promise<unknown> {
  const signer = new SignatureV4({
    service: 'execute-api',
    region: 'eu-central-1',
    credentials: { ...KEYS, ...(sessionToken === undefined ? {} : { sessionToken }) },
    sha256: Sha256 as never,
    applyChecksum: false,
  });
  const [hostname = '', port] = host.split(':');
  const signed = await signer.sign(
    {
      method,
      protocol: 'https:',
      hostname,
      path,
      headers: { host },
      body,
      ...(port ? { port: Number(port) } : {}),
    },
    { signingDate: NOW },
  );
  return signed.headers;
}

it.each<[string, RequestToSign, string?]>([
  ['a post', post],
  ['a post with the token of a role', post, 'IQoJb3JpZ2luX2Vj/EXAMPLE=='],
  ['a delete', { ...post, method: 'DELETE', body: '' }],
  ['a host with a port', { ...post, host: '127.0.0.1:40123' }],
])('%s is signed as the SDK signs it', async (_, request, sessionToken) => {
  const signer = new ConnectionsSigner('eu-central-1', () => ({ ...KEYS, sessionToken }));
  expect(signer.sign(request, NOW)).toEqual(await bySdk(request, sessionToken));
});

it('makes a new key for another day, and for other credentials', async () => {
  let secretAccessKey = 'another';
  const signer = new ConnectionsSigner('eu-central-1', () => ({
    ...KEYS,
    secretAccessKey,
    sessionToken: undefined,
  }));
  signer.sign(post, NOW);
  signer.sign(post, new Date('2026-11-24T00:00:00Z'));
  secretAccessKey = KEYS.secretAccessKey;
  expect(signer.sign(post, NOW)).toEqual(await bySdk(post));
});

it('signs the body that is sent, whatever was sent before it', async () => {
  const signer = new ConnectionsSigner('eu-central-1', () => ({ ...KEYS, sessionToken: undefined }));
  const requests = ['{"events":[]}', post.body, post.body, '', post.body].map((body) => ({ ...post, body }));
  for (const request of requests) expect(signer.sign(request, NOW)).toEqual(await bySdk(request));
});
