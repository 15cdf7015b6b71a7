import type { SendHandle } from 'node:child_process';
import { OperatorError } from '../processes/operator-error.ts';
import { logLine } from './log-line.ts';
import { System } from './system.ts';
import type { FromSystem, SystemConfiguration, ToSystem } from './system-messages.ts';

/**
 * The main module of the system's process. Its output is the functions' log; it is told what to do over the channel to the
 * process that started it, and ends with it.
 */
let system: Promise<System> | undefined;

const tell = (message: FromSystem, handle?: SendHandle): void => {
  if (process.connected) process.send?.(message, handle);
};

async function start(configuration: SystemConfiguration): Promise<void> {
  try {
    system = System.start(configuration, (step, seconds) => tell({ kind: 'step-finished', step, seconds }));
    const { port, connectionsEndpoint, gateway } = await system;
    tell({ kind: 'listening' }, gateway.listeningHandle);
    tell({ kind: 'ready', port, connectionsEndpoint });
  } catch (error) {
    logLine('the system could not start', { error: error instanceof Error ? error.stack : String(error) });
    const sentence =
      error instanceof OperatorError ? error.message : `The gateway could not start (${String(error)}).`;
    tell({ kind: 'failed', sentence });
  }
}

let stopping = false;

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await system?.then((started) => started.stop()).catch(() => undefined);
  process.exit(0);
}

async function hear(message: ToSystem, handle: SendHandle | undefined): Promise<void> {
  if (message.kind === 'configure') return start(message.configuration);
  if (message.kind === 'stop') return stop();
  const started = await system;
  if (started === undefined) return;
  if (message.kind === 'listener-copy') {
    if (handle !== undefined && !stopping) started.gateway.listenToCopy(handle);
    return;
  }
  const { id, functionName } = message;
  if (message.kind === 'control') {
    await started.consumers.control(message.action, functionName);
    tell({ kind: 'controlled', id });
  } else {
    tell({ kind: 'invoked', id, result: await started.invoke(functionName, message.event) });
  }
}

process.on('message', (message: ToSystem, handle: SendHandle | undefined) => void hear(message, handle));
process.on('disconnect', () => void stop());
process.on('SIGTERM', () => void stop());
// On Lambda it would end the instance of one function; here it would end all of them.
process.on('unhandledRejection', (reason) => {
  logLine('unhandled rejection', { error: reason instanceof Error ? reason.stack : String(reason) });
});
