import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FunctionInstance } from './function-instance.ts';
import type { FromInstance, ToInstance } from './instance-messages.ts';
import type { InstanceRecords } from './instance-records.ts';
import type { InstanceFacts } from './lambda-context.ts';
import { PendingInvocations } from './pending-invocations.ts';
import { EXITED, type HandlerOutcome } from './run-handler.ts';

/** Lambda gives an instance 10 s to load its function. */
const INIT_LIMIT_MILLISECONDS = 10_000;

const INIT_TIMED_OUT: HandlerOutcome = {
  errorType: 'Sandbox.Timedout',
  errorMessage: `INIT_REPORT Init Duration: ${INIT_LIMIT_MILLISECONDS}.00 ms Phase: init Status: timeout`,
};

/**
 * A function in a process of its own, as an execution environment of Lambda: one invocation at a time, and frozen (SIGSTOP)
 * from the moment an invocation returns until the next begins.
 */
export class FunctionProcess implements FunctionInstance {
  ended = false;
  /** Invocations it has run. */
  invocations = 0;
  private readonly child: ChildProcess;
  private readonly pending: PendingInvocations;
  private readonly ready: Promise<boolean>;

  /**
   * @param instanceBundle see BuiltFunctions
   * @param environment all that the function sees
   * @param records where the process is written down
   */
  constructor(
    facts: InstanceFacts,
    instanceBundle: string,
    environment: Readonly<Record<string, string>>,
    records: InstanceRecords,
  ) {
    this.pending = new PendingInvocations(facts, () => void this.end());
    this.child = spawn(process.execPath, ['--enable-source-maps', instanceBundle, JSON.stringify(facts)], {
      env: { ...environment },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.on('message', (message: FromInstance) => this.hear(message));
    this.child.on('error', () => this.close());
    this.child.on('exit', () => this.close());
    const { pid } = this.child;
    if (pid !== undefined) {
      records.add(pid);
      this.child.on('exit', () => records.remove(pid));
    }
    this.ready = this.waitUntilReady();
  }

  async invoke(payload: string): Promise<HandlerOutcome> {
    this.invocations += 1;
    this.child.kill('SIGCONT');
    if (!(await this.ready)) {
      const outcome = this.ended ? EXITED : INIT_TIMED_OUT;
      await this.end();
      return outcome;
    }
    const { id, outcome } = this.pending.begin();
    this.child.send({ id, payload } satisfies ToInstance, (error) => {
      if (error) this.pending.end(id, EXITED);
    });
    return outcome;
  }

  async end(): Promise<void> {
    this.ended = true;
    if (this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined)
      return;
    const exited = once(this.child, 'exit');
    // It ends a stopped process too.
    this.child.kill('SIGKILL');
    await exited;
  }

  private hear(message: FromInstance): void {
    if (message.kind !== 'ended') return;
    // First frozen, then answered: nothing runs after the return.
    this.child.kill('SIGSTOP');
    this.pending.end(message.id, message.outcome);
  }

  private close(): void {
    this.ended = true;
    this.pending.endAll(EXITED);
  }

  private waitUntilReady(): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isReady: boolean) => {
        clearTimeout(timer);
        resolve(isReady);
      };
      const timer = setTimeout(settle, INIT_LIMIT_MILLISECONDS, false);
      this.child.once('message', () => settle(true));
      this.child.once('exit', () => settle(false));
      this.child.once('error', () => settle(false));
    });
  }
}
