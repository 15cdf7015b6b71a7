import { Worker } from 'node:worker_threads';
import type { FunctionInstance } from './function-instance.ts';
import type { FromInstance, ToInstance } from './instance-messages.ts';
import type { InstanceFacts } from './lambda-context.ts';
import { PendingInvocations } from './pending-invocations.ts';
import { EXITED, type HandlerOutcome } from './run-handler.ts';

/** A function in a thread of its own: many invocations at once, and all of them can be cut off. */
export class FunctionThread implements FunctionInstance {
  ended = false;
  private readonly worker: Worker;
  private readonly pending: PendingInvocations;
  /** Loading the function does not count against its time. */
  private readonly ready: Promise<void>;

  /** @param instanceBundle see BuiltFunctions */
  constructor(facts: InstanceFacts, instanceBundle: string) {
    this.pending = new PendingInvocations(facts, () => void this.end());
    this.worker = new Worker(instanceBundle, { workerData: facts, execArgv: ['--enable-source-maps'] });
    this.ready = new Promise((resolve) => {
      this.worker.once('message', () => resolve());
      this.worker.once('exit', () => resolve());
    });
    this.worker.on('message', (message: FromInstance) => {
      if (message.kind === 'ended') this.pending.end(message.id, message.outcome);
    });
    this.worker.on('error', (error) => {
      console.error(
        JSON.stringify({ level: 'ERROR', function: facts.name, message: 'Uncaught', stack: error.stack }),
      );
    });
    this.worker.on('exit', () => {
      this.ended = true;
      this.pending.endAll(EXITED);
    });
  }

  async invoke(payload: string): Promise<HandlerOutcome> {
    await this.ready;
    if (this.ended) return EXITED;
    const { id, outcome } = this.pending.begin();
    this.worker.postMessage({ id, payload } satisfies ToInstance);
    return outcome;
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.worker.terminate();
  }
}
