import { createHash, createHmac } from 'node:crypto';
import type { RoleCredentials } from '../../application/ports/role-credentials.ts';

/** A request to sign; everything in it is signed. */
export interface RequestToSign {
  readonly method: 'POST' | 'DELETE';
  /** As it is sent, percent-encoded. */
  readonly path: string;
  /** With its port where it is not the protocol's own. */
  readonly host: string;
  readonly body: string;
}

const SERVICE = 'execute-api';
const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * Signs requests to `@connections` with AWS Signature Version 4. The SDK's client does the same and much besides: it takes
 * several times as long for a post as everything else on a message's way, and `deliver` makes one for each connection.
 */
export class ConnectionsSigner {
  readonly #region: string;
  readonly #credentials: () => RoleCredentials;
  /** It is the same for a day. */
  #key: { readonly secret: string; readonly date: string; readonly value: Buffer } | undefined;
  /** A message goes to all who hear it one after the other. */
  #body: { readonly text: string; readonly hash: string } | undefined;

  constructor(region: string, credentials: () => RoleCredentials) {
    this.#region = region;
    this.#credentials = credentials;
  }

  /** The headers that the request is to be sent with. */
  sign({ method, path, host, body }: RequestToSign, now = new Date()): Record<string, string> {
    const { accessKeyId, secretAccessKey, sessionToken } = this.#credentials();
    const time = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
    const date = time.slice(0, 8);
    const headers: Record<string, string> = {
      host,
      'x-amz-date': time,
      ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
    };
    const names = Object.keys(headers);
    const canonical = [
      method,
      // Encoded once more, as every service but S3 has it.
      encodeURIComponent(path).replace(/%2F/g, '/'),
      '',
      ...names.map((name) => `${name}:${headers[name]}`),
      '',
      names.join(';'),
      this.#hashOf(body),
    ].join('\n');
    const scope = `${date}/${this.#region}/${SERVICE}/aws4_request`;
    const toSign = [ALGORITHM, time, scope, sha256(canonical)].join('\n');
    const signature = createHmac('sha256', this.#keyFor(secretAccessKey, date)).update(toSign).digest('hex');
    return {
      ...headers,
      authorization: `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    };
  }

  #hashOf(text: string): string {
    if (this.#body?.text !== text) this.#body = { text, hash: sha256(text) };
    return this.#body.hash;
  }

  #keyFor(secret: string, date: string): Buffer {
    if (this.#key?.secret !== secret || this.#key.date !== date) {
      const value = [date, this.#region, SERVICE, 'aws4_request'].reduce<Buffer>(
        (key, part) => createHmac('sha256', key).update(part).digest(),
        Buffer.from(`AWS4${secret}`),
      );
      this.#key = { secret, date, value };
    }
    return this.#key.value;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
