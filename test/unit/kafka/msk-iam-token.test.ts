import { createHash, createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { mskIamToken } from '../../../lambdas/adapters/kafka/msk-iam-token.ts';

const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'a/session+token=' };
const date = new Date('2026-03-01T12:00:00.000Z');

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

it('is the presigned address of kafka-cluster:Connect', async () => {
  const token = await mskIamToken('eu-west-1', credentials, date);
  expect(token).toMatch(/^[\w-]+$/);
  const address = new URL(Buffer.from(token, 'base64url').toString());
  const {
    'X-Amz-Signature': signature,
    'User-Agent': agent,
    ...signed
  } = Object.fromEntries(address.searchParams);
  expect(`${address.origin}${address.pathname}`).toBe('https://kafka.eu-west-1.amazonaws.com/');
  expect(agent).toBe('ping-me');
  expect(signed).toEqual({
    Action: 'kafka-cluster:Connect',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKID/20260301/eu-west-1/kafka-cluster/aws4_request',
    'X-Amz-Date': '20260301T120000Z',
    'X-Amz-Expires': '900',
    'X-Amz-Security-Token': 'a/session+token=',
    'X-Amz-SignedHeaders': 'host',
  });

  // Worked out anew from AWS's description of Signature Version 4.
  const query = Object.entries(signed)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
  const empty = createHash('sha256').digest('hex');
  const request = ['GET', '/', query, 'host:kafka.eu-west-1.amazonaws.com', '', 'host', empty].join('\n');
  const scope = '20260301/eu-west-1/kafka-cluster/aws4_request';
  const toSign = [
    'AWS4-HMAC-SHA256',
    '20260301T120000Z',
    scope,
    createHash('sha256').update(request).digest('hex'),
  ];
  const key = scope.split('/').reduce<string | Buffer>(hmac, 'AWS4secret');
  expect(signature).toBe(hmac(key, toSign.join('\n')).toString('hex'));
});
