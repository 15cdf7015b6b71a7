import type { ChildProcess, SendHandle } from 'node:child_process';
import { Server, type Socket } from 'node:net';

/**
 * libuv takes one connection at each turn of its loop from each handle that listens (since 1.45; all there were, before). While
 * turns are long, because everybody comes back at once, whoever waits to be taken waits longer than they have patience: a listening
 * socket that has more handles gives away as many a turn. Node can have its handle copied by another process only.
 */
const COPIES = 15;

interface ListeningHandle {
  close(): void;
}

/** In the process that listens: what it has to send to the one that copies. */
export function handleOf(server: Server): SendHandle {
  // `listen` and `send` take what has this member; their types do not say so.
  return (server as unknown as { readonly _handle: SendHandle })._handle;
}

/** In the other process: sends copies of what was sent there back, and keeps none, or the port would outlive its gateway. */
export function sendCopies(child: ChildProcess, handle: SendHandle, message: object): void {
  const close = () => {
    child.off('exit', close);
    (handle as unknown as ListeningHandle).close();
  };
  // Whoever ends in the middle of it takes no more, and nobody says so for what was still to be sent.
  child.once('exit', close);
  let left = COPIES;
  const sent = () => {
    left -= 1;
    if (left === 0) close();
  };
  for (let copy = 0; copy < COPIES; copy += 1) child.send(message, handle, { keepOpen: true }, sent);
}

/** In the process that listens: takes connections from a copy. */
export function listenToCopy(
  handle: SendHandle,
  backlog: number,
  onConnection: (socket: Socket) => void,
): Server {
  const server = new Server(onConnection);
  server.listen({ _handle: handle }, backlog);
  return server;
}
