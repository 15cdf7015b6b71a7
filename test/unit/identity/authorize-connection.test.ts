import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORIGIN_SECRET_HEADER } from '../../../core/contract/security-headers.ts';
import { sessionKeysJson } from '../../support/identity-world.ts';

const METHOD_ARN = 'arn:aws:execute-api:us-east-1:123456789012:socket/ws/$connect';
let folder: string;
let token: string;
let authorize: (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ping-me-authorize-'));
  await writeFile(join(folder, 'keys.json'), sessionKeysJson(['one']));
  await writeFile(join(folder, 'origin-secret'), 'new secret\nold secret\n');
  Object.assign(process.env, {
    SESSION_KEYS: `file:${join(folder, 'keys.json')}`,
    ORIGIN_SECRET: `file:${join(folder, 'origin-secret')}`,
  });
  const { sessionTokens } = await import('../../../lambdas/runtime/session-tokens.ts');
  ({ token } = await sessionTokens().issue({ userId: 'ada', sessionId: 'a-session', refreshable: true }));
  ({ handler: authorize } = await import('../../../lambdas/websocket/authorize-connection.lambda.ts'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As the browser and CloudFront write them; API Gateway leaves the case of a socket's headers alone. */
const handshake = (headers: Record<string, string | undefined> = {}) =>
  authorize({
    type: 'REQUEST',
    methodArn: METHOD_ARN,
    headers: {
      Host: 'api.example.com',
      Origin: 'https://ping.example.com',
      'X-Ping-Me-Host': 'ping.example.com',
      Cookie: `theme=dark; __Host-ping-me-session=${token}`,
      [ORIGIN_SECRET_HEADER]: 'new secret',
      ...headers,
    },
  } as unknown as APIGatewayRequestAuthorizerEvent);

const effectOf = ({ policyDocument }: APIGatewayAuthorizerResult) => policyDocument.Statement[0]?.Effect;

describe('opening a socket', () => {
  it('lets a session in and says whose it is', async () => {
    expect(await handshake()).toEqual({
      principalId: 'ada',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: METHOD_ARN }],
      },
      context: { userId: 'ada', sessionId: 'a-session', expiresAt: expect.stringMatching(/^\d{4}-.+Z$/) },
    });
  });

  it('accepts the secret that is being rotated out', async () => {
    expect(effectOf(await handshake({ [ORIGIN_SECRET_HEADER]: 'old secret' }))).toBe('Allow');
  });

  it.each([
    ['another site', { Origin: 'https://evil.example.com' }],
    ['a page that is no site', { Origin: 'null' }],
    ['the host of the API', { Origin: 'https://api.example.com' }],
    ['no origin secret', { [ORIGIN_SECRET_HEADER]: undefined }],
    ['a wrong origin secret', { [ORIGIN_SECRET_HEADER]: 'secret' }],
  ])('denies %s', async (_, headers) => {
    const answer = await handshake(headers);
    expect(effectOf(answer)).toBe('Deny');
    expect(answer.context).toBeUndefined();
  });

  it.each([
    ['no cookie', undefined],
    ['no session cookie', 'theme=dark'],
    ['an empty one', '__Host-ping-me-session='],
    ['a forged one', '__Host-ping-me-session=x.y.z'],
  ])('is 401 with %s', async (_, cookie) => {
    await expect(handshake({ Cookie: cookie })).rejects.toThrow(/^Unauthorized$/);
  });
});
