import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import { type PingMe, startPingMe } from '../../../local/run/ping-me.ts';

const PATIENCE = { timeout: 40_000, interval: 100 };

describe.each([
  ['in shared processes', false],
  ['like Lambda', true],
])('the system with its functions %s', (_, likeLambda) => {
  let pingMe: PingMe;
  let dataDirectory: string;
  const cookies = new Map<string, string>();
  const sockets: WebSocket[] = [];

  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'ping-me-'));
    const id = randomBytes(4).toString('hex');
    pingMe = await startPingMe({
      stores: inject('stores'),
      dataDirectory,
      likeLambda,
      topicPrefix: `t${id}-`,
      keyspace: `t${id}`,
      tablePrefix: `t${id}-`,
    });
    const userId = `u${id}`;
    const answer = await api('POST', '/api/users', {
      userId,
      emailId: `${userId}@example.org`,
      firstName: 'Anna',
      lastName: 'Example',
      password: 'a long enough pass phrase',
    });
    expect(answer.status).toBe(201);
  });
  afterAll(async () => {
    for (const socket of sockets) socket.terminate();
    await pingMe?.stop();
    await rm(dataDirectory, { recursive: true });
  });

  async function api(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }> {
    const response = await fetch(pingMe.url + path, {
      method,
      headers: { origin: pingMe.url, cookie: cookieHeader(), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
      cookies.set(name, value);
    }
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const messagesPath = `/api/conversations/${encodeURIComponent(GENERAL_CONVERSATION_ID)}/messages`;

  async function post(): Promise<string> {
    const nonce = randomUUID();
    expect((await api('POST', messagesPath, { content: 'hello', nonce, attempt: 0 })).status).toBe(202);
    return nonce;
  }

  /** The texts that arrive at a live connection, all in one. */
  async function listen(): Promise<() => string> {
    const socket = new WebSocket(`${pingMe.url.replace('http', 'ws')}/ws`, {
      headers: { cookie: cookieHeader(), origin: pingMe.url },
    });
    sockets.push(socket);
    let heard = '';
    socket.on('message', (data) => {
      heard += String(data);
    });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return () => heard;
  }

  const history = async () => JSON.stringify((await api('GET', messagesPath)).body);

  it('posts, delivers live and stores', async () => {
    const heard = await listen();
    const nonce = await post();
    await vi.waitFor(() => expect(heard()).toContain(nonce), PATIENCE);
    await vi.waitFor(async () => expect(await history()).toContain(nonce), PATIENCE);
    await vi.waitFor(() => expect(heard()).toContain('conversation.stored'), PATIENCE);
  });

  it('delivers on while store is stopped, and stores what has gathered once it starts', async () => {
    await pingMe.control.stop('store');
    const heard = await listen();
    const nonces = [await post(), await post()];
    await vi.waitFor(() => nonces.forEach((nonce) => expect(heard()).toContain(nonce)), PATIENCE);
    expect(await history()).not.toContain(nonces[0]);
    expect(await pingMe.control.status()).toContainEqual({ part: 'store', state: 'stopped' });
    await pingMe.control.start('store');
    await vi.waitFor(async () => {
      const stored = await history();
      for (const nonce of nonces) expect(stored).toContain(nonce);
    }, PATIENCE);
  });

  it('comes back on its port after a kill, with what was stopped still stopped', async () => {
    await pingMe.control.kill('deliver');
    await pingMe.control.kill('gateway');
    await expect(fetch(`${pingMe.url}/api/health`)).rejects.toThrow();
    expect(await pingMe.control.status()).toMatchObject([
      { part: 'gateway', state: 'stopped' },
      { part: 'store', state: 'stopped' },
      { part: 'deliver', state: 'stopped' },
    ]);
    await pingMe.control.start('gateway');
    const heard = await listen();
    const nonce = await post();
    await vi.waitFor(async () => expect(await history()).toContain(nonce), PATIENCE);
    expect(heard()).not.toContain(nonce);
    await pingMe.control.start('deliver');
    await vi.waitFor(() => expect(heard()).toContain(nonce), PATIENCE);
  });

  it('keeps its secrets to itself', async () => {
    for (const name of ['session-keys.json', 'origin-secret']) {
      expect((await stat(join(dataDirectory, 'secrets', name))).mode & 0o777).toBe(0o600);
    }
    const log = await readFile(pingMe.logFile, 'utf8');
    const originSecret = await readFile(join(dataDirectory, 'secrets', 'origin-secret'), 'utf8');
    expect(log).not.toContain(originSecret.trim());
    expect(log).not.toContain('pass phrase');
  });

  it('invokes any function past the gateway', async () => {
    expect(await pingMe.invoke('sweep-memberships', {})).toMatchObject({ kind: 'returned' });
  });
});
