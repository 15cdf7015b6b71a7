import type { SendHandle } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { handleOf, listenToCopy } from '../../../../local/gateway/listener-copies.ts';

/** What it is told: to do nothing until a file is there, and then to count the turns until so many connections are taken. */
export interface Hold {
  readonly untilThereIs: string;
  readonly connections: number;
}

/** What it tells, in this order; the first comes with its listening handle, one `copies` with each copy that came. */
export type Told =
  | { readonly port: number }
  | { readonly copies: number }
  | { readonly holding: true }
  | { readonly turns: number };

const BACKLOG = 512;
let taken = 0;
let copies = 0;
const take = () => {
  taken += 1;
};
const tell = (told: Told, handle?: SendHandle) => process.send?.(told, handle);

function hold({ untilThereIs, connections }: Hold): void {
  tell({ holding: true });
  const clock = new Int32Array(new SharedArrayBuffer(4));
  // In the next turn, so that the message has gone.
  setImmediate(() => {
    while (!existsSync(untilThereIs)) Atomics.wait(clock, 0, 0, 5);
    countTurns(connections);
  });
}

function countTurns(connections: number): void {
  let turns = 0;
  const turn = () => {
    turns += 1;
    if (taken < connections) setImmediate(turn);
    else tell({ turns });
  };
  setImmediate(turn);
}

const first = createServer(take);
first.listen({ host: '127.0.0.1', port: 0, backlog: BACKLOG }, () => {
  const address = first.address();
  if (address !== null && typeof address === 'object') tell({ port: address.port }, handleOf(first));
});
process.on('message', (message: Hold | object, handle: SendHandle | undefined) => {
  if ('untilThereIs' in message) return hold(message);
  if (handle === undefined) return;
  listenToCopy(handle, BACKLOG, take);
  copies += 1;
  tell({ copies });
});
process.on('disconnect', () => process.exit(0));
