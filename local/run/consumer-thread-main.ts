import { parentPort, workerData } from 'node:worker_threads';
import { SharedRuntime } from '../functions/shared-runtime.ts';
import type {
  ConsumerThreadConfiguration,
  FromConsumerThread,
  ToConsumerThread,
} from './consumer-thread-messages.ts';
import { CONSUMER_THREADS, Consumers } from './consumers.ts';
import { eventSourceOptions } from './event-source-options.ts';
import { logLine } from './log-line.ts';

/** The main module of the thread with the event sources; each consumer function has a thread of its own below it. */
const configuration = workerData as ConsumerThreadConfiguration;
const runtime = new SharedRuntime({ ...configuration, inThreads: CONSUMER_THREADS });
const consumers = new Consumers(runtime, eventSourceOptions(configuration, runtime.invoke), CONSUMER_THREADS);

async function perform(request: ToConsumerThread): Promise<FromConsumerThread> {
  const { id } = request;
  if (request.kind === 'invoke')
    return { id, result: await runtime.invoke(request.functionName, request.event) };
  if (request.kind === 'control') await consumers.control(request.action, request.functionName);
  else {
    await consumers.stopAll();
    await runtime.close();
  }
  return { id };
}

parentPort?.on('message', async (request: ToConsumerThread) => {
  parentPort?.postMessage(await perform(request));
});
process.on('unhandledRejection', (reason) => {
  logLine('unhandled rejection', { error: reason instanceof Error ? reason.stack : String(reason) });
});
