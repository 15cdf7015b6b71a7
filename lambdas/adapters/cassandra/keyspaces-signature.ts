import { createHash, createHmac } from 'node:crypto';
import type { RoleCredentials } from '../../application/ports/role-credentials.ts';

const SERVICE = 'cassandra';
const ALGORITHM = 'AWS4-HMAC-SHA256';
/** As long as Keyspaces lets a signature live, in seconds. */
const EXPIRES = 900;

/**
 * Answer to the challenge of Amazon Keyspaces: Signature Version 4 over a request that is never sent, `PUT /authenticate`
 * with the hash of the nonce as its body's. Unlike elsewhere its date keeps dashes, colons and milliseconds, so that no
 * general signer fits. The form is that of AWS's plugin for the Node.js driver (Apache 2.0), whose known answer is our test.
 */
export function keyspacesSignature(
  nonce: string,
  { region, date, credentials }: { region: string; date: Date; credentials: RoleCredentials },
): string {
  const amzDate = date.toISOString();
  const day = amzDate.slice(0, 10).replaceAll('-', '');
  const scope = [day, region, SERVICE, 'aws4_request'];
  const query = new URLSearchParams({
    'X-Amz-Algorithm': ALGORITHM,
    'X-Amz-Credential': [credentials.accessKeyId, ...scope].join('/'),
    'X-Amz-Date': amzDate,
    'X-Amz-Expires': String(EXPIRES),
  });
  const request = ['PUT', '/authenticate', query, `host:${SERVICE}`, '', 'host', sha256(nonce)].join('\n');
  const toSign = [ALGORITHM, amzDate, scope.join('/'), sha256(request)].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const parts = [
    `signature=${hmac(key, toSign).toString('hex')}`,
    `access_key=${credentials.accessKeyId}`,
    `amzdate=${amzDate}`,
    ...(credentials.sessionToken === undefined ? [] : [`session_token=${credentials.sessionToken}`]),
  ];
  return parts.join(',');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
