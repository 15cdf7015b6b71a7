import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { closeOf, type GatewayFixture, gatewayFixture, handshake, messageOf } from './gateway-fixture.ts';

let gateway: GatewayFixture;
let client: ApiGatewayManagementApiClient;

beforeEach(async () => {
  gateway = await gatewayFixture();
  client = new ApiGatewayManagementApiClient({
    endpoint: gateway.connections,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await gateway.end();
});

async function connected(): Promise<{ socket: WebSocket; ConnectionId: string }> {
  const socket = gateway.open({ 'User-Agent': 'test-agent' });
  await handshake(socket);
  const connect = gateway.invoked.findLast(({ name }) => name === 'connect');
  return { socket, ConnectionId: connect?.event.requestContext.connectionId ?? '' };
}

describe('@connections, through the unmodified client of the AWS SDK', () => {
  it('posts text to a connection', async () => {
    const { socket, ConnectionId } = await connected();
    const message = messageOf(socket);
    await client.send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from('{"events":["é"]}') }));
    expect(await message).toBe('{"events":["é"]}');
  });

  it('describes a connection', async () => {
    const { socket, ConnectionId } = await connected();
    const before = await client.send(new GetConnectionCommand({ ConnectionId }));
    expect(before).toMatchObject({
      ConnectedAt: expect.any(Date),
      Identity: { SourceIp: '127.0.0.1', UserAgent: 'test-agent' },
    });
    expect(before.LastActiveAt).toEqual(before.ConnectedAt);
    socket.send('x');
    await vi.waitFor(async () => {
      const { LastActiveAt } = await client.send(new GetConnectionCommand({ ConnectionId }));
      expect(LastActiveAt?.getTime()).toBeGreaterThan(before.LastActiveAt?.getTime() ?? 0);
    });
  });

  it('closes a connection', async () => {
    const { socket, ConnectionId } = await connected();
    const closed = closeOf(socket);
    await client.send(new DeleteConnectionCommand({ ConnectionId }));
    expect((await closed).code).toBe(1000);
    await vi.waitFor(() => expect(gateway.invoked.at(-1)?.name).toBe('disconnect'));
  });

  it('says of one that is gone or never was that it is gone', async () => {
    const { socket, ConnectionId } = await connected();
    socket.terminate();
    await vi.waitFor(() => expect(gateway.invoked.at(-1)?.name).toBe('disconnect'));
    for (const id of [ConnectionId, 'never=']) {
      const post = client.send(new PostToConnectionCommand({ ConnectionId: id, Data: 'x' }));
      await expect(post).rejects.toThrow(GoneException);
      await expect(client.send(new GetConnectionCommand({ ConnectionId: id }))).rejects.toThrow(
        GoneException,
      );
      await expect(client.send(new DeleteConnectionCommand({ ConnectionId: id }))).rejects.toThrow(
        GoneException,
      );
    }
  });

  it('says so too while $connect has not returned', async () => {
    let outcome: unknown;
    gateway.functions.connect = async ({ requestContext: { connectionId } }) => {
      outcome = await client
        .send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'x' }))
        .catch((error: unknown) => error);
      return { statusCode: 200 };
    };
    expect(await handshake(gateway.open())).toBe('open');
    expect(outcome).toBeInstanceOf(GoneException);
  });

  it('takes 128 KB, and refuses more', async () => {
    const { socket, ConnectionId } = await connected();
    const message = messageOf(socket);
    await client.send(new PostToConnectionCommand({ ConnectionId, Data: 'x'.repeat(128 * 1024) }));
    expect((await message).length).toBe(128 * 1024);
    const tooLarge = client.send(
      new PostToConnectionCommand({ ConnectionId, Data: 'x'.repeat(128 * 1024 + 1) }),
    );
    await expect(tooLarge).rejects.toThrow(PayloadTooLargeException);
  });

  it('refuses a request that is not signed, and knows a path without a stage', async () => {
    const { ConnectionId } = await connected();
    const unsigned = await fetch(`${gateway.connections}/@connections/${encodeURIComponent(ConnectionId)}`);
    expect(unsigned.status).toBe(403);
    const bare = await fetch(
      `${new URL(gateway.connections).origin}/@connections/${encodeURIComponent(ConnectionId)}`,
      {
        headers: { authorization: 'AWS4-HMAC-SHA256 x' },
      },
    );
    expect(bare.status).toBe(200);
  });

  it('cuts off a client that reads nothing, before it fills the memory', async () => {
    const { socket, ConnectionId } = await connected();
    socket.pause();
    const frame = 'x'.repeat(128 * 1024);
    let outcome: unknown;
    for (let sent = 0; sent < 500 && outcome === undefined; sent += 1) {
      outcome = await client.send(new PostToConnectionCommand({ ConnectionId, Data: frame })).then(
        () => undefined,
        (error: unknown) => error,
      );
    }
    expect(outcome).toBeInstanceOf(GoneException);
  });
});
