import { type ChildProcess, fork, type SendHandle } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sendCopies } from '../../../../local/gateway/listener-copies.ts';
import type { Hold, Told } from './listening-process.ts';

const CONNECTIONS = 96;
const COPIES = 15;

let folder: string;
let child: ChildProcess;
let sockets: Socket[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ping-me-listener-'));
  sockets = [];
  child = fork(fileURLToPath(new URL('./listening-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    stdio: 'inherit',
  });
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await kill();
  rmSync(folder, { recursive: true, force: true });
});

async function kill(): Promise<void> {
  if (child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** The next thing it tells that has this. */
async function told<K extends string>(key: K): Promise<Record<K, number> & { handle?: SendHandle }> {
  for (;;) {
    const [message, handle] = (await once(child, 'message')) as [Told, SendHandle | undefined];
    if (key in message) return { ...(message as Record<K, number>), ...(handle && { handle }) };
  }
}

/** Resolves with the port. */
async function listenToAllCopies(): Promise<number> {
  const { port, handle } = await told('port');
  if (handle === undefined) throw new Error('there was no handle');
  const allCame = (async () => {
    while ((await told('copies')).copies < COPIES);
  })();
  sendCopies(child, handle, {});
  await allCame;
  return port;
}

async function refusalOf(port: number): Promise<string | undefined> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  const refused = once(socket, 'error').then(([error]: NodeJS.ErrnoException[]) => error?.code);
  return Promise.race([refused, once(socket, 'connect').then(() => 'connected')]);
}

async function turnsToTake(port: number): Promise<number> {
  const go = join(folder, 'go');
  const holding = told('holding');
  child.send({ untilThereIs: go, connections: CONNECTIONS } satisfies Hold);
  await holding;
  sockets = Array.from({ length: CONNECTIONS }, () =>
    connect(port, '127.0.0.1').on('error', () => undefined),
  );
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const counted = told('turns');
  writeFileSync(go, '');
  return (await counted).turns;
}

it('takes as many connections a turn as its listening socket has handles', async () => {
  const port = await listenToAllCopies();
  // Some turns are needed beside: for the messages, and before the first connection is noticed.
  expect(await turnsToTake(port)).toBeLessThan(CONNECTIONS / 4);
});

it('leaves nothing that listens behind when its process ends', async () => {
  const port = await listenToAllCopies();
  await kill();
  expect(await refusalOf(port)).toBe('ECONNREFUSED');
});

it('leaves nothing that listens behind when its process ends while copies are sent', async () => {
  const { port, handle } = await told('port');
  if (handle === undefined) throw new Error('there was no handle');
  sendCopies(child, handle, {});
  await kill();
  expect(await refusalOf(port)).toBe('ECONNREFUSED');
});
