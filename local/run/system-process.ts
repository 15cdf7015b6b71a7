import { type ChildProcess, type SendHandle, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { InvocationResult } from '../functions/invocation.ts';
import { sendCopies } from '../gateway/listener-copies.ts';
import type { PartState } from '../processes/node-control.ts';
import { OperatorError } from '../processes/operator-error.ts';
import { inheritedEnvironment } from './inherited-environment.ts';
import type {
  ControlAction,
  FromSystem,
  SystemAddresses,
  SystemConfiguration,
  SystemStep,
  ToSystem,
} from './system-messages.ts';

/** A graceful stop takes about 2 s; what is still there after this is killed. */
const STOP_MILLISECONDS = 5_000;

type Reply = Extract<FromSystem, { id: number }>;
type Request = Extract<ToSystem, { id: number }>;

/** The process that runs functions, event sources and gateway, from outside. */
export class SystemProcess {
  private readonly bundle: string;
  private readonly logFile: string;
  private readonly onUnexpectedEnd: () => void;
  private child: ChildProcess | undefined;
  private asked = true;
  private ready = false;
  private paused = false;
  private lastId = 0;
  private readonly replies = new Map<number, (reply: Reply | undefined) => void>();

  /**
   * @param bundle its main module
   * @param logFile takes the output; that of the start before is kept beside it with `.1`
   * @param onUnexpectedEnd called when the process ends without having been asked to
   */
  constructor(bundle: string, logFile: string, onUnexpectedEnd: () => void) {
    this.bundle = bundle;
    this.logFile = logFile;
    this.onUnexpectedEnd = onUnexpectedEnd;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get state(): PartState {
    if (this.child === undefined) return this.asked ? 'stopped' : 'failed';
    if (this.paused) return 'paused';
    return this.ready ? 'running' : 'starting';
  }

  /**
   * Resolves once everything runs.
   *
   * @throws OperatorError with the system's own sentence
   */
  async start(
    configuration: SystemConfiguration,
    onStep: (step: SystemStep, seconds: number) => void,
  ): Promise<SystemAddresses> {
    if (this.child !== undefined) throw new Error('the system runs already');
    const child = this.spawn();
    const started = new Promise<SystemAddresses>((resolve, reject) => {
      child.on('message', (message: FromSystem, handle: SendHandle | undefined) => {
        if (message.kind === 'step-finished') onStep(message.step, message.seconds);
        else if (message.kind === 'listening') {
          if (handle !== undefined) sendCopies(child, handle, { kind: 'listener-copy' } satisfies ToSystem);
        } else if (message.kind === 'ready') resolve(message);
        else if (message.kind === 'failed') reject(new OperatorError(message.sentence));
        else this.replies.get(message.id)?.(message);
      });
      child.once('exit', () =>
        reject(new OperatorError(`The gateway ended before it was ready: its output is in ${this.logFile}.`)),
      );
    });
    child.send({ kind: 'configure', configuration } satisfies ToSystem);
    try {
      const addresses = await started;
      this.ready = true;
      return addresses;
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  async control(action: ControlAction, functionName: string): Promise<void> {
    await this.ask({ kind: 'control', id: this.newId(), action, functionName });
  }

  async invoke(functionName: string, event: unknown): Promise<InvocationResult> {
    const reply = await this.ask({ kind: 'invoke', id: this.newId(), functionName, event });
    if (reply?.kind === 'invoked') return reply.result;
    return { kind: 'failed', errorType: 'Runtime.ExitError', errorMessage: 'The gateway has ended.' };
  }

  /** Graceful, and killed when that takes too long. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.asked = true;
    this.resume();
    const exited = once(child, 'exit');
    if (child.connected) child.send({ kind: 'stop' } satisfies ToSystem);
    const limit = setTimeout(() => killGroup(child.pid), STOP_MILLISECONDS);
    await exited;
    clearTimeout(limit);
  }

  /** SIGKILL, to the instances of functions as well. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.asked = true;
    const exited = once(child, 'exit');
    killGroup(child.pid);
    await exited;
  }

  pause(): void {
    this.paused = this.child?.kill('SIGSTOP') ?? false;
  }

  resume(): void {
    if (this.paused) this.child?.kill('SIGCONT');
    this.paused = false;
  }

  private spawn(): ChildProcess {
    const log = openFreshLog(this.logFile);
    const child = spawn(process.execPath, ['--enable-source-maps', this.bundle], {
      // A group of its own: Ctrl-C in the terminal reaches only its owner, and a kill reaches every instance of a function.
      detached: true,
      env: inheritedEnvironment(),
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.child = child;
    this.asked = false;
    this.ready = false;
    this.paused = false;
    const { pid } = child;
    // Instances of functions belong to its group, and frozen ones would outlive it.
    const endGroup = () => killGroup(pid);
    process.once('exit', endGroup);
    child.once('exit', () => {
      process.off('exit', endGroup);
      endGroup();
      this.child = undefined;
      for (const settle of this.replies.values()) settle(undefined);
      if (!this.asked && this.ready) this.onUnexpectedEnd();
    });
    return child;
  }

  private newId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  /** @returns undefined when the system ends before it answers */
  private async ask(request: Request): Promise<Reply | undefined> {
    const { child } = this;
    if (child === undefined)
      throw new OperatorError('The gateway does not run: start it with npm run node -- start gateway.');
    try {
      return await new Promise((resolve) => {
        this.replies.set(request.id, resolve);
        child.send(request, (error) => error && resolve(undefined));
      });
    } finally {
      this.replies.delete(request.id);
    }
  }
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Nobody is left in it.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function openFreshLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  try {
    renameSync(file, `${file}.1`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return openSync(file, 'a', 0o600);
}
