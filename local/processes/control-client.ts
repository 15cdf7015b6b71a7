import { createConnection } from 'node:net';
import { type ControlRequest, controlResponseSchema } from './control-protocol.ts';
import type { NodeControl, PartStatus } from './node-control.ts';
import { OperatorError } from './operator-error.ts';

/**
 * The control of a run in another process. Every call is a connection of its own, so that nothing has to be closed.
 *
 * @param path the `controlSocket` of the running stores
 */
export function connectNodeControl(path: string): NodeControl {
  const act =
    (action: Exclude<ControlRequest['action'], 'status' | 'wait'>) =>
    async (part: string, number?: number): Promise<void> => {
      await ask(path, { action, part, number });
    };
  return {
    status: () => ask(path, { action: 'status' }),
    stop: act('stop'),
    kill: act('kill'),
    pause: act('pause'),
    resume: act('resume'),
    start: act('start'),
    waitUntilReady: async (part, number, timeoutMilliseconds) => {
      await ask(path, { action: 'wait', part, number, timeoutMilliseconds });
    },
  };
}

async function ask(path: string, request: ControlRequest): Promise<PartStatus[]> {
  const text = await new Promise<string>((resolve, reject) => {
    const socket = createConnection(path);
    const chunks: Buffer[] = [];
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    socket.on('error', () =>
      reject(new OperatorError(`Nothing runs behind ${path}: start it with npm start.`)),
    );
  });
  if (text === '') throw new OperatorError('The run ended before it answered.');
  const response = controlResponseSchema.parse(JSON.parse(text));
  if ('error' in response) throw new OperatorError(response.error);
  return response.parts;
}
