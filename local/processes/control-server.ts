import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type ControlRequest, type ControlResponse, controlRequestSchema } from './control-protocol.ts';
import type { NodeControl } from './node-control.ts';
import { OperatorError } from './operator-error.ts';

/**
 * Serves the control of a run at a unix socket, so that other terminals and test workers can use it while the process that
 * started the run stays the parent of every child.
 */
export async function serveControl(path: string, control: NodeControl): Promise<{ close(): Promise<void> }> {
  rmSync(path, { force: true });
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that went away has nothing to hear.
    socket.on('error', () => socket.destroy());
    createInterface({ input: socket }).on('line', (line) => {
      void answer(line, control).then((response) => socket.end(`${JSON.stringify(response)}\n`));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function answer(line: string, control: NodeControl): Promise<ControlResponse> {
  try {
    await perform(controlRequestSchema.parse(JSON.parse(line)), control);
    return { parts: await control.status() };
  } catch (error) {
    return {
      error: error instanceof OperatorError ? error.message : `The run could not do that: ${String(error)}.`,
    };
  }
}

async function perform(request: ControlRequest, control: NodeControl): Promise<void> {
  const { action, part, number, timeoutMilliseconds } = request;
  if (action === 'status') return;
  if (part === undefined) throw new OperatorError(`Say which part to ${action}.`);
  if (action === 'wait') await control.waitUntilReady(part, number, timeoutMilliseconds);
  else await control[action](part, number);
}
