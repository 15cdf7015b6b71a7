import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SECURITY_HEADERS } from '../../../../core/contract/security-headers.ts';
import { type GatewayFixture, gatewayFixture, send } from './gateway-fixture.ts';

let gateway: GatewayFixture;

beforeAll(async () => {
  gateway = await gatewayFixture({ integrationLimitMilliseconds: 200 });
});
beforeEach(() => {
  gateway.invoked.length = 0;
});
afterAll(() => gateway.end());

describe('the API behind the origin', () => {
  it('invokes the function of the route with what CloudFront adds', async () => {
    gateway.functions['read-own-profile'] = () => ({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'x-frame-options': 'ALLOWALL' },
      cookies: ['a=1; HttpOnly', 'b=2'],
      body: '{"userId":"anna"}',
    });
    const answer = await send(gateway.port, 'GET', '/api/me', {
      headers: {
        host: 'localhost:3000',
        'X-Ping-Me-Origin': 'forged',
        'X-Forwarded-For': '10.0.0.1',
        'X-Ping-Me-Host': 'evil.example',
        Cookie: 'session=x',
      },
    });
    expect(answer).toMatchObject({ status: 200, body: '{"userId":"anna"}' });
    expect(answer.headers['set-cookie']).toEqual(['a=1; HttpOnly', 'b=2']);
    expect(answer.headers).toMatchObject(SECURITY_HEADERS);
    const [{ name, event } = { name: '', event: undefined }] = gateway.invoked;
    expect(name).toBe('read-own-profile');
    expect(event?.headers).toMatchObject({
      'x-ping-me-origin': 'the-secret',
      'x-ping-me-host': 'localhost:3000',
      'x-forwarded-for': '127.0.0.1, 127.0.0.1',
    });
    expect(event?.headers.host).not.toContain('localhost');
  });

  it('answers anything else under /api by the function of $default, never with the page', async () => {
    gateway.functions['route-not-found'] = () => ({ statusCode: 404, body: '{}' });
    for (const path of ['/api', '/api/', '/api/login', '/api/../login']) {
      expect((await send(gateway.port, 'GET', path)).status).toBe(404);
    }
    expect(gateway.invoked.map(({ name }) => name)).toEqual(Array(4).fill('route-not-found'));
  });

  it('answers 500 when the function fails, and 503 when it is throttled or takes too long', async () => {
    gateway.functions['read-health'] = () => {
      throw new Error('a secret');
    };
    expect(await send(gateway.port, 'GET', '/api/health')).toMatchObject({
      status: 500,
      body: '{"message":"Internal Server Error"}',
    });
    gateway.functions['read-health'] = () => ({ kind: 'throttled' });
    expect(await send(gateway.port, 'GET', '/api/health')).toMatchObject({
      status: 503,
      body: '{"message":"Service Unavailable"}',
    });
    gateway.functions['read-health'] = () => new Promise(() => undefined);
    expect(await send(gateway.port, 'GET', '/api/health')).toMatchObject({
      status: 503,
      body: '{"message":"Service Unavailable"}',
      headers: SECURITY_HEADERS,
    });
  });

  it('takes a body of 10 MB and refuses a larger one, announced or not', async () => {
    gateway.functions['sign-in'] = ({ body }) => ({ statusCode: 200, body: String(body?.length) });
    const megabytes = 10 * 1024 * 1024;
    const headers = { 'content-type': 'application/json' };
    const fits = await send(gateway.port, 'POST', '/api/session', {
      headers,
      body: Buffer.alloc(megabytes, 'x'),
    });
    expect(fits).toMatchObject({ status: 200, body: String(megabytes) });
    const refused = { status: 413, body: '{"message":"Request Entity Too Large"}' };
    const announced = { ...headers, 'content-length': String(megabytes + 1), expect: '100-continue' };
    expect(await send(gateway.port, 'POST', '/api/session', { headers: announced })).toMatchObject(refused);
    expect(await sendChunked(megabytes + 1)).toContain('413');
    expect(gateway.invoked).toHaveLength(1);
  });

  it('refuses headers of more than 10,240 bytes and a path that cannot be decoded', async () => {
    expect(
      (await send(gateway.port, 'GET', '/api/me', { headers: { 'x-long': 'x'.repeat(10_240) } })).status,
    ).toBe(431);
    expect((await send(gateway.port, 'GET', '/api/%zz')).status).toBe(400);
    expect(gateway.invoked).toEqual([]);
  });

  it('says nothing of a viewer that leaves in the middle of a request', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(gateway.port, '127.0.0.1', () => {
        socket.write('POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf', () =>
          socket.destroy(),
        );
      });
      socket.on('close', () => resolve());
    });
    expect((await send(gateway.port, 'GET', '/')).status).toBe(200);
    expect(gateway.logged).toEqual([]);
  });
});

describe('the page on the origin', () => {
  it('is served with the security headers, and without a body for HEAD', async () => {
    const page = await send(gateway.port, 'GET', '/channels/general');
    expect(page).toMatchObject({
      status: 200,
      headers: SECURITY_HEADERS,
      body: expect.stringMatching(/Ping Me/),
    });
    const head = await send(gateway.port, 'HEAD', '/login');
    expect(head).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': String(page.body.length) },
    });
  });

  it('is no way to other files', async () => {
    for (const path of ['/../package.json', '/..%2fpackage.json', '/ws/x']) {
      expect((await send(gateway.port, 'GET', path)).status).toBe(404);
    }
    expect((await send(gateway.port, 'GET', '/ws')).status).toBe(426);
  });

  it('has no @connections on the origin', async () => {
    for (const path of ['/@connections/x', '/ws/@connections/x', '/api/@connections/x']) {
      const answer = await send(gateway.port, 'POST', path, {
        headers: { authorization: 'AWS4-HMAC-SHA256 x' },
      });
      expect([404, 405]).toContain(answer.status);
    }
  });
});

/** A body without a length. @returns the status line */
function sendChunked(bytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(gateway.port, '127.0.0.1');
    socket.on('error', reject);
    socket.once('data', (data) => {
      resolve(data.toString().split('\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.write('POST /api/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    socket.write(`${bytes.toString(16)}\r\n`);
    socket.write(Buffer.alloc(bytes, 'x'));
  });
}
