import { Worker } from 'node:worker_threads';
import type { Invoke } from '../functions/invocation.ts';
import type {
  ConsumerRequest,
  ConsumerThreadConfiguration,
  FromConsumerThread,
  ToConsumerThread,
} from './consumer-thread-messages.ts';
import type { ConsumerControl } from './consumers.ts';
import type { ControlAction } from './system-messages.ts';

/**
 * Event sources and consumer functions in threads of their own, as they are parts of their own on AWS: decoding the log takes no
 * time from the requests that the gateway has to answer.
 */
export class ConsumerThread implements ConsumerControl {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, (reply: FromConsumerThread) => void>();
  private lastId = 0;

  /** @param bundle its main module */
  constructor(bundle: string, configuration: ConsumerThreadConfiguration) {
    this.worker = new Worker(bundle, { workerData: configuration, execArgv: ['--enable-source-maps'] });
    this.worker.on('message', (reply: FromConsumerThread) => {
      this.waiting.get(reply.id)?.(reply);
      this.waiting.delete(reply.id);
    });
    // Nothing would be stored or delivered any more: that ends the process, as it would without a thread.
    this.worker.on('error', (error) => {
      throw error;
    });
  }

  async control(action: ControlAction, functionName: string): Promise<void> {
    await this.ask({ kind: 'control', action, functionName });
  }

  readonly invoke: Invoke = async (functionName, event) => {
    const { result } = await this.ask({ kind: 'invoke', functionName, event });
    return (
      result ?? { kind: 'failed', errorType: 'Runtime.ExitError', errorMessage: 'The function has ended.' }
    );
  };

  async stopAll(): Promise<void> {
    await this.ask({ kind: 'stop' });
    await this.worker.terminate();
  }

  private ask(request: ConsumerRequest): Promise<FromConsumerThread> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.worker.postMessage({ ...request, id } satisfies ToConsumerThread);
    });
  }
}
