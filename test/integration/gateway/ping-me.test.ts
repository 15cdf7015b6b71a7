import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { PingMeEvent } from '../../../core/contract/events.ts';
import { GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import { Person } from '../../../drills/client/person.ts';
import type { SocketClient } from '../../../drills/client/socket-client.ts';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { type PingMe, startPingMe } from '../../../local/run/ping-me.ts';

// The second system finds topics, tables and schema as the first one made them.
const id = randomBytes(4).toString('hex');
const names = { topicPrefix: `t${id}-`, keyspace: `t${id}`, tablePrefix: `t${id}-` };

describe.each([
  ['in shared processes', false],
  ['like Lambda', true],
])('the system with its functions %s', (_, likeLambda) => {
  let pingMe: PingMe;
  let dataDirectory: string;
  let anna: Person;
  const sockets: SocketClient[] = [];

  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'ping-me-'));
    pingMe = await startPingMe({ ...names, stores: inject('stores'), dataDirectory, likeLambda });
    anna = await Person.signUp(pingMe.url);
  });
  afterAll(async () => {
    await Promise.all(sockets.map((socket) => socket.close()));
    await pingMe?.stop();
    await rm(dataDirectory, { recursive: true });
  });

  async function listen(): Promise<SocketClient> {
    const socket = await anna.listen();
    sockets.push(socket);
    return socket;
  }

  /** Posts to `general`. @returns the nonce */
  async function post(): Promise<string> {
    const nonce = randomUUID();
    await anna.api.demand('post-message', {
      params: { conversationId: GENERAL_CONVERSATION_ID },
      body: { content: 'hello', nonce, attempt: 0 },
    });
    return nonce;
  }

  const isMessage = (nonce: string) => (event: PingMeEvent) =>
    event.type === 'message.posted' && event.nonce === nonce;
  const storedNonces = async () =>
    (await anna.readHistory(GENERAL_CONVERSATION_ID)).map(({ nonce }) => nonce);
  const untilStored = (nonce: string) =>
    waitFor('the message to be stored', async () => (await storedNonces()).includes(nonce));

  /** Who listened a moment ago is remembered: what is said just then may pass by a connection that has just opened. */
  const untilListenedTo = (socket: SocketClient) =>
    waitFor('the new connection to be known', async () => {
      const nonce = await post();
      return socket.hears(isMessage(nonce), 1_000).then(
        () => true,
        () => false,
      );
    });

  it('posts, delivers live, stores and says so', async () => {
    const socket = await listen();
    const nonce = await post();
    await socket.hears(isMessage(nonce));
    await untilStored(nonce);
    await socket.hears((event) => event.type === 'conversation.stored');
  });

  it('delivers on while store is stopped, and stores what has gathered once it starts', async () => {
    await pingMe.control.stop('store');
    const socket = await listen();
    await untilListenedTo(socket);
    const nonces = [await post(), await post()];
    for (const nonce of nonces) await socket.hears(isMessage(nonce));
    expect(await storedNonces()).not.toEqual(expect.arrayContaining(nonces));
    expect(await pingMe.control.status()).toContainEqual({ part: 'store', state: 'stopped' });
    await pingMe.control.start('store');
    for (const nonce of nonces) await untilStored(nonce);
  });

  it('comes back on its port after a kill, with what was stopped still stopped', async () => {
    await pingMe.control.kill('deliver');
    await pingMe.control.kill('gateway');
    await expect(fetch(`${pingMe.url}/api/health`)).rejects.toThrow();
    await pingMe.control.start('gateway');
    expect(await pingMe.control.status()).toEqual(
      expect.arrayContaining([
        { part: 'gateway', state: 'running', pid: expect.any(Number) },
        { part: 'store', state: 'running' },
        { part: 'deliver', state: 'stopped' },
      ]),
    );
    const socket = await listen();
    const nonce = await post();
    await untilStored(nonce);
    expect(socket.events.filter(isMessage(nonce))).toEqual([]);
    await pingMe.control.start('deliver');
    await socket.hears(isMessage(nonce));
  });

  it('keeps its secrets to itself', async () => {
    for (const name of ['session-keys', 'origin-secret']) {
      expect((await stat(join(dataDirectory, 'secrets', name))).mode & 0o777).toBe(0o600);
    }
    const log = await readFile(pingMe.logFile, 'utf8');
    const originSecret = await readFile(join(dataDirectory, 'secrets', 'origin-secret'), 'utf8');
    expect(log).not.toContain(originSecret.trim());
    expect(log).not.toContain(anna.password);
  });

  it('invokes any function past the gateway', async () => {
    expect(await pingMe.invoke('sweep-memberships', {})).toMatchObject({ kind: 'returned' });
  });
});
