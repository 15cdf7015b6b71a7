import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import {
  FORWARDED_HOST_HEADER,
  ORIGIN_SECRET_HEADER,
  SECURITY_HEADERS,
} from '../../../../core/contract/security-headers.ts';
import { type Edge, openEdge } from '../../../../deploy/edge.ts';
import { Page } from '../../../../local/gateway/page.ts';

let emulator: Server;
let sockets: WebSocketServer;
let edge: Edge;
let seen: IncomingMessage | undefined;

beforeEach(async () => {
  seen = undefined;
  emulator = createServer((request, response) => {
    seen = request;
    response.setHeader('content-type', 'application/json').end('{"from":"the api"}');
  });
  sockets = new WebSocketServer({ server: emulator });
  sockets.on('connection', (socket, request) => {
    seen = request;
    socket.on('message', (data) => socket.send(`heard ${data}`));
  });
  emulator.listen(0, '127.0.0.1');
  await once(emulator, 'listening');
  edge = await openEdge({
    endpoint: `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`,
    httpApiId: 'api1',
    socketApiId: 'api2',
    page: Page.of([['/index.html', Buffer.from('<p>the page</p>')]]),
    originSecret: 'the secret',
  });
});
afterEach(async () => {
  await edge.close();
  for (const client of sockets.clients) client.terminate();
  emulator.closeAllConnections();
  emulator.close();
});

it('the API is reached under its stage, with the secret and the host that was asked for, whatever the caller says', async () => {
  const answer = await fetch(`${edge.url}/api/health?a=1`, {
    headers: { [ORIGIN_SECRET_HEADER]: 'forged', [FORWARDED_HOST_HEADER]: 'elsewhere.example.com' },
  });
  expect(await answer.json()).toEqual({ from: 'the api' });
  expect(Object.fromEntries(answer.headers)).toMatchObject(SECURITY_HEADERS);
  expect(seen?.url).toBe('/_aws/execute-api/api1/$default/api/health?a=1');
  expect(seen?.headers).toMatchObject({
    [ORIGIN_SECRET_HEADER]: 'the secret',
    [FORWARDED_HOST_HEADER]: new URL(edge.url).host,
  });
});

it('the socket is carried both ways, and no other upgrade', async () => {
  const socket = new WebSocket(`${edge.url.replace('http', 'ws')}/ws`);
  await once(socket, 'open');
  socket.send('hello');
  expect(String((await once(socket, 'message'))[0])).toBe('heard hello');
  expect(seen?.url).toBe('/_aws/execute-api/api2/ws');
  expect(seen?.headers[ORIGIN_SECRET_HEADER]).toBe('the secret');
  socket.terminate();
  const other = new WebSocket(`${edge.url.replace('http', 'ws')}/other`);
  await expect(once(other, 'open')).rejects.toThrow();
});

it('the page is served for its own paths, and an API that is away is a 502', async () => {
  const page = await fetch(`${edge.url}/login`);
  expect(await page.text()).toBe('<p>the page</p>');
  expect(Object.fromEntries(page.headers)).toMatchObject(SECURITY_HEADERS);
  expect((await fetch(`${edge.url}/no/such/page`)).status).toBe(404);
  emulator.closeAllConnections();
  emulator.close();
  expect((await fetch(`${edge.url}/api/health`)).status).toBe(502);
});
