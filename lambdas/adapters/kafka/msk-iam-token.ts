import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { RoleCredentials } from '../../application/ports/role-credentials.ts';

/** As long as MSK lets a token live, in seconds. */
const EXPIRES = 900;

/**
 * A bearer token for MSK's IAM authentication: the presigned address of `kafka-cluster:Connect`, in base64url. The form is
 * that of AWS's signers for MSK (Apache 2.0), of which the one for JavaScript would add 445 KB to every bundle.
 */
export async function mskIamToken(
  region: string,
  { accessKeyId, secretAccessKey, sessionToken }: RoleCredentials,
  signingDate = new Date(),
): Promise<string> {
  const host = `kafka.${region}.amazonaws.com`;
  const signer = new SignatureV4({
    service: 'kafka-cluster',
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    sha256: Sha256,
  });
  const signed = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname: host,
      path: '/',
      headers: { host },
      query: { Action: 'kafka-cluster:Connect' },
    },
    { signingDate, expiresIn: EXPIRES },
  );
  const address = new URL(`https://${host}/`);
  for (const [name, value] of Object.entries(signed.query ?? {})) {
    address.searchParams.set(name, String(value));
  }
  // Not signed: it tells AWS who asks.
  address.searchParams.set('User-Agent', 'ping-me');
  return Buffer.from(address.href).toString('base64url');
}

/** SHA-256 as the signer wants it; HMAC where it is given a key. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(chunk: Uint8Array | string): void {
    this.#hash.update(chunk);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error('The signer makes a new one instead.');
  }
}

function bytesOf(secret: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof secret === 'string') return Buffer.from(secret);
  return secret instanceof ArrayBuffer
    ? Buffer.from(secret)
    : Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength);
}
