import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { InvocationResult } from '../../../../local/functions/invocation.ts';
import { Gateway, type GatewayOptions } from '../../../../local/gateway/gateway.ts';

/** A function of a test: what it returns, or throws. */
export type TestFunction = (event: Record<string, never> & TestEvent) => unknown;

/** What tests look at in events of any kind. */
export interface TestEvent {
  headers: Record<string, string>;
  multiValueHeaders: Record<string, string[]>;
  rawPath: string;
  body?: string;
  methodArn: string;
  requestContext: Record<string, unknown> & { connectionId: string; authorizer?: Record<string, unknown> };
}

export interface GatewayFixture {
  readonly port: number;
  /** Endpoint of the `@connections` API. */
  readonly connections: string;
  /** Functions by name; a test sets and changes them. */
  readonly functions: Record<string, TestFunction>;
  /** Every invocation, in order. */
  readonly invoked: { name: string; event: TestEvent }[];
  readonly logged: string[];
  open(headers?: Record<string, string>, protocols?: string[]): WebSocket;
  end(): Promise<void>;
}

const ALLOW: TestFunction = ({ methodArn }) => ({
  principalId: 'anna',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn }],
  },
  context: { sessionId: 's-1' },
});

/** A gateway on a free port whose functions are a test's own. */
export async function gatewayFixture(options: Partial<GatewayOptions> = {}): Promise<GatewayFixture> {
  const pageDirectory = await mkdtemp(join(tmpdir(), 'ping-me-page-'));
  await writeFile(join(pageDirectory, 'index.html'), '<!doctype html><title>Ping Me</title>');
  const functions: Record<string, TestFunction> = {
    'authorize-connection': ALLOW,
    connect: () => ({ statusCode: 200 }),
    'socket-message': () => ({ statusCode: 200 }),
    disconnect: () => ({ statusCode: 200 }),
  };
  const invoked: { name: string; event: TestEvent }[] = [];
  const logged: string[] = [];
  const gateway = new Gateway({
    originSecret: 'the-secret',
    pageDirectory,
    log: (message, details) => logged.push(`${message} ${JSON.stringify(details)}`),
    invoke: async (name, event): Promise<InvocationResult> => {
      const copy = JSON.parse(JSON.stringify(event));
      invoked.push({ name, event: copy });
      try {
        const value = (await functions[name]?.(copy)) ?? null;
        return isResult(value) ? value : { kind: 'returned', value };
      } catch (error) {
        return { kind: 'failed', errorType: 'Error', errorMessage: (error as Error).message };
      }
    },
    ...options,
  });
  const connections = await gateway.openConnections();
  const port = await gateway.open(0);
  const sockets: WebSocket[] = [];
  return {
    port,
    connections,
    functions,
    invoked,
    logged,
    open(headers = {}, protocols = []) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, protocols, { headers });
      sockets.push(socket);
      return socket;
    },
    async end() {
      for (const socket of sockets) socket.terminate();
      await gateway.close();
      await rm(pageDirectory, { recursive: true });
    },
  };
}

function isResult(value: unknown): value is InvocationResult {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

export interface TestAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request as it is: no normalised path, no headers of its own. */
export function send(
  port: number,
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string | string[]>; body?: string | Buffer } = {},
): Promise<TestAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** How a handshake ended: open, or refused with a status and a body. */
export function handshake(socket: WebSocket): Promise<'open' | { status: number; body: string }> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve('open'));
    socket.once('error', reject);
    socket.once('unexpected-response', (_request, response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
    });
  });
}

/** Resolves with the code and reason of a socket's close. */
export function closeOf(socket: WebSocket): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
}

/** Resolves with the next message. */
export function messageOf(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
}
