import { parentPort, workerData } from 'node:worker_threads';
import { standBack } from '../processes/thread-niceness.ts';
import type { FromInstance, ToInstance } from './instance-messages.ts';
import type { InstanceFacts } from './lambda-context.ts';
import { loadHandler, runHandler } from './run-handler.ts';

/**
 * The main module of an instance: a function in a thread or process of its own. It loads the bundle, says that it is ready,
 * and answers invocations.
 */
const facts: InstanceFacts = parentPort === null ? JSON.parse(process.argv[2] ?? '') : workerData;
const tell = (message: FromInstance): void => {
  if (parentPort !== null) parentPort.postMessage(message);
  else process.send?.(message);
};

if (facts.niceness !== undefined) standBack(facts.niceness);
const handler = loadHandler(facts.bundle);
const answer = async ({ id, payload }: ToInstance): Promise<void> => {
  tell({ kind: 'ended', id, outcome: await runHandler(handler, payload, facts) });
};

if (parentPort !== null) {
  parentPort.on('message', answer);
} else {
  process.on('message', answer);
  // Whoever started this process is gone.
  process.on('disconnect', () => process.exit(0));
}
// A bundle that cannot be loaded fails its invocations, each with the reason.
await handler.catch(() => undefined);
tell({ kind: 'ready' });
