import { afterEach, describe, expect, it, vi } from 'vitest';
import { SECURITY_HEADERS } from '../../../../core/contract/security-headers.ts';
import type { SocketLimits } from '../../../../local/gateway/socket-limits.ts';
import {
  closeOf,
  type GatewayFixture,
  gatewayFixture,
  handshake,
  messageOf,
  send,
} from './gateway-fixture.ts';

let gateway: GatewayFixture;

afterEach(() => gateway.end());

async function start(socketLimits: Partial<SocketLimits> = {}): Promise<void> {
  gateway = await gatewayFixture({ socketLimits });
}

const eventsOf = (name: string) =>
  gateway.invoked.filter((call) => call.name === name).map(({ event }) => event);

describe('a handshake', () => {
  it('asks the authorizer, then $connect, and tells both who connects', async () => {
    await start();
    expect(await handshake(gateway.open({ Cookie: 'session=x', Origin: 'http://localhost:3000' }))).toBe(
      'open',
    );
    expect(gateway.invoked.map(({ name }) => name)).toEqual(['authorize-connection', 'connect']);
    const [authorized] = eventsOf('authorize-connection');
    expect(authorized?.headers).toMatchObject({
      Cookie: 'session=x',
      Origin: 'http://localhost:3000',
      Upgrade: 'websocket',
      'x-ping-me-origin': 'the-secret',
      'x-ping-me-host': `127.0.0.1:${gateway.port}`,
    });
    const [connected] = eventsOf('connect');
    expect(connected?.requestContext).toMatchObject({
      routeKey: '$connect',
      connectionId: authorized?.requestContext.connectionId,
      authorizer: { principalId: 'anna', sessionId: 's-1', integrationLatency: expect.any(Number) },
    });
  });

  it.each([
    [
      'no allowance',
      () => ({ principalId: 'x', policyDocument: { Version: '1', Statement: [] } }),
      403,
      'Forbidden',
    ],
    ['"Unauthorized"', () => Promise.reject(new Error('Unauthorized')), 401, 'Unauthorized'],
    ['a failure', () => Promise.reject(new Error('no store')), 500, 'Internal server error'],
  ])('is refused after %s of the authorizer', async (_, authorize, status, message) => {
    await start();
    gateway.functions['authorize-connection'] = authorize;
    const refused = await handshake(gateway.open());
    expect(refused).toMatchObject({ status });
    expect(JSON.parse((refused as { body: string }).body)).toMatchObject({
      message,
      connectionId: expect.any(String),
    });
    expect(eventsOf('connect')).toEqual([]);
  });

  it.each([
    ['another status', () => ({ statusCode: 403 }), 403],
    ['a failure', () => Promise.reject(new Error('no store')), 502],
    ['no proxy result', () => 'yes', 502],
    ['too long a time', () => new Promise(() => undefined), 504],
  ])('is refused after %s of $connect', async (_, connect, status) => {
    await start({ integrationMilliseconds: 100 });
    gateway.functions.connect = connect;
    expect(await handshake(gateway.open())).toMatchObject({ status });
    expect(eventsOf('disconnect')).toEqual([]);
  });

  it('takes the subprotocol that $connect names, and none by itself', async () => {
    await start();
    gateway.functions.connect = () => ({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'two' } });
    const socket = gateway.open({}, ['one', 'two']);
    expect(await handshake(socket)).toBe('open');
    expect(socket.protocol).toBe('two');
  });

  it('happens on the path of the socket only', async () => {
    await start();
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'x',
    };
    expect(await send(gateway.port, 'GET', '/other', { headers: upgrade })).toMatchObject({
      status: 404,
      headers: SECURITY_HEADERS,
    });
    expect(gateway.invoked).toEqual([]);
  });
});

describe('many handshakes at once', () => {
  /** Once it is answered the gateway has seen what was sent before it. */
  const roundTrip = () => send(gateway.port, 'GET', '/');
  /** Whether each `$connect` that waits may go on. */
  function hold() {
    const release: (() => void)[] = [];
    gateway.functions.connect = () =>
      new Promise((resolve) => release.push(() => resolve({ statusCode: 200 })));
    return release;
  }

  it('wait for their turn', async () => {
    await start({ handshakesAtOnce: 2 });
    const release = hold();
    const opened = Array.from({ length: 5 }, () => handshake(gateway.open()));
    for (let done = 0; done < 5; done += 1) {
      await vi.waitFor(() => expect(release.length).toBe(Math.min(5, done + 2)));
      release[done]?.();
    }
    expect(await Promise.all(opened)).toEqual(Array(5).fill('open'));
  });

  it('are answered 429 when they have waited for too long', async () => {
    await start({ handshakesAtOnce: 1, handshakeWaitMilliseconds: -1 });
    const release = hold();
    const first = handshake(gateway.open());
    await vi.waitFor(() => expect(release).toHaveLength(1));
    const refused = handshake(gateway.open());
    await roundTrip();
    release[0]?.();
    expect(await first).toBe('open');
    expect(await refused).toMatchObject({ status: 429 });
  });

  it('cost nothing for clients that have left meanwhile', async () => {
    await start({ handshakesAtOnce: 1 });
    const release = hold();
    const first = handshake(gateway.open());
    await vi.waitFor(() => expect(release).toHaveLength(1));
    const impatient = gateway.open();
    impatient.on('error', () => undefined);
    await roundTrip();
    impatient.terminate();
    const last = handshake(gateway.open());
    await roundTrip();
    release[0]?.();
    expect(await first).toBe('open');
    await vi.waitFor(() => expect(release).toHaveLength(2));
    release[1]?.();
    expect(await last).toBe('open');
    expect(eventsOf('authorize-connection')).toHaveLength(2);
  });

  it('are followed by $disconnect where the client left during $connect', async () => {
    await start();
    const release = hold();
    const socket = gateway.open();
    socket.on('error', () => undefined);
    await vi.waitFor(() => expect(release).toHaveLength(1));
    socket.terminate();
    await roundTrip();
    release[0]?.();
    await vi.waitFor(() => expect(eventsOf('disconnect')).toHaveLength(1));
    const [connected] = eventsOf('connect');
    const [disconnected] = eventsOf('disconnect');
    expect(disconnected?.requestContext.connectionId).toBe(connected?.requestContext.connectionId);
    expect(disconnected?.requestContext.authorizer).toMatchObject({ sessionId: 's-1' });
  });
});

describe('messages of a client', () => {
  it('go to $default as text, and its body comes back', async () => {
    await start();
    gateway.functions['socket-message'] = ({ body }) => ({ statusCode: 200, body: `got ${body}` });
    const socket = gateway.open();
    await handshake(socket);
    socket.send('héllo');
    expect(await messageOf(socket)).toBe('got héllo');
    expect(eventsOf('socket-message')).toMatchObject([
      {
        body: 'héllo',
        isBase64Encoded: false,
        requestContext: { routeKey: '$default', eventType: 'MESSAGE', authorizer: { sessionId: 's-1' } },
      },
    ]);
  });

  it('are answered with an error when the function fails', async () => {
    await start();
    gateway.functions['socket-message'] = () => Promise.reject(new Error('a secret'));
    const socket = gateway.open();
    await handshake(socket);
    socket.send('x');
    expect(JSON.parse(await messageOf(socket))).toEqual({
      message: 'Internal server error',
      connectionId: expect.any(String),
      requestId: expect.any(String),
    });
  });

  it('may have frames of 32 KB, and messages of 128 KB in several', async () => {
    await start();
    gateway.functions['socket-message'] = ({ body }) => ({ statusCode: 200, body: String(body?.length) });
    const socket = gateway.open();
    await handshake(socket);
    socket.send('x'.repeat(32 * 1024));
    expect(await messageOf(socket)).toBe('32768');
    for (let part = 1; part <= 4; part += 1) socket.send('x'.repeat(32 * 1024), { fin: part === 4 });
    expect(await messageOf(socket)).toBe('131072');
  });

  it('close the connection with 1009 when a frame is larger', async () => {
    await start();
    const socket = gateway.open();
    await handshake(socket);
    socket.send('x'.repeat(32 * 1024 + 1));
    expect((await closeOf(socket)).code).toBe(1009);
    expect(eventsOf('socket-message')).toEqual([]);
  });

  it('close the connection with 1009 when a message is larger', async () => {
    await start();
    const socket = gateway.open();
    await handshake(socket);
    for (let part = 1; part <= 5; part += 1) socket.send('x'.repeat(32 * 1024), { fin: part === 5 });
    expect((await closeOf(socket)).code).toBe(1009);
    expect(eventsOf('socket-message')).toEqual([]);
  });

  it('close the connection with 1003 when they are binary', async () => {
    await start();
    const socket = gateway.open();
    await handshake(socket);
    socket.send(Buffer.from('x'));
    expect((await closeOf(socket)).code).toBe(1003);
  });
});

describe('the end of a connection', () => {
  it('is told to $disconnect with code and reason', async () => {
    await start();
    const socket = gateway.open();
    await handshake(socket);
    socket.close(3001, 'enough');
    await vi.waitFor(() => expect(eventsOf('disconnect')).toHaveLength(1));
    expect(eventsOf('disconnect')[0]?.requestContext).toMatchObject({
      connectionId: eventsOf('connect')[0]?.requestContext.connectionId,
      disconnectStatusCode: 3001,
      disconnectReason: 'enough',
      authorizer: { sessionId: 's-1' },
    });
  });

  it('comes when nothing was heard for too long, and not while something is', async () => {
    await start({ idleMilliseconds: 300 });
    const socket = gateway.open();
    const quiet = gateway.open();
    await Promise.all([handshake(socket), handshake(quiet)]);
    const talking = setInterval(() => socket.send('x'), 50);
    expect((await closeOf(quiet)).code).toBe(1001);
    expect(socket.readyState).toBe(socket.OPEN);
    clearInterval(talking);
    expect((await closeOf(socket)).code).toBe(1001);
  });

  it('comes when the connection is too old, whatever is heard', async () => {
    await start({ ageMilliseconds: 200 });
    const socket = gateway.open();
    await handshake(socket);
    const talking = setInterval(() => socket.readyState === socket.OPEN && socket.send('x'), 20);
    expect((await closeOf(socket)).code).toBe(1001);
    clearInterval(talking);
  });
});
