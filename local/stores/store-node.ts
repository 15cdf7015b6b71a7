import { ManagedProcess, type ProcessSpecification } from '../processes/managed-process.ts';
import type { ControlledPart, PartState } from '../processes/node-control.ts';
import { OperatorError } from '../processes/operator-error.ts';
import { waitUntil } from '../processes/wait-until.ts';
import type { StoreName } from './stores.ts';

const PROBE_PAUSE_MILLISECONDS = 250;

export interface StoreNodeOptions {
  part: StoreName;
  number?: number;
  process: ProcessSpecification;
  /** Writes what the process reads at its start; called before each start. */
  prepare(): Promise<void>;
  /** Whether the node serves its clients now; throwing counts as no. */
  isReady(): Promise<boolean>;
  /** Nothing is started any more once it is aborted. */
  signal: AbortSignal;
  /** Called whenever the node's process has started or ended. */
  onChange(): void;
}

/** One broker, node or server: a process, and the knowledge of when it is ready. */
export class StoreNode implements ControlledPart {
  readonly part: StoreName;
  readonly number: number | undefined;
  readonly title: string;
  private readonly options: StoreNodeOptions;
  private readonly process: ManagedProcess;
  private starting: Promise<void> | undefined;
  private readiness: Promise<void> | undefined;
  private ready = false;

  constructor(options: StoreNodeOptions) {
    this.part = options.part;
    this.number = options.number;
    this.title = options.process.title;
    this.options = options;
    this.process = new ManagedProcess(options.process);
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Whether there is a process that others can reach: neither ended nor paused. */
  get answersOthers(): boolean {
    return this.process.state === 'running';
  }

  status(): { state: PartState; pid?: number | undefined } {
    const { state, pid } = this.process;
    return { state: state === 'running' && !this.ready ? 'starting' : state, pid };
  }

  async start(): Promise<void> {
    this.starting ??= this.startProcess().finally(() => {
      this.starting = undefined;
    });
    await this.starting;
  }

  async stop(): Promise<void> {
    await this.starting?.catch(() => undefined);
    await this.process.stop();
  }

  async kill(): Promise<void> {
    await this.starting?.catch(() => undefined);
    await this.process.kill();
  }

  async pause(): Promise<void> {
    this.process.pause();
  }

  async resume(): Promise<void> {
    this.process.resume();
  }

  async waitUntilReady(timeoutMilliseconds: number): Promise<void> {
    if (this.process.pid === undefined && this.process.state === 'stopped') {
      throw new OperatorError(`${this.title} is stopped: start it first.`);
    }
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const { outputFile } = this.options.process;
        const seconds = Math.round(timeoutMilliseconds / 1_000);
        reject(
          new OperatorError(
            `${this.title} was not ready within ${seconds} s: its output is in ${outputFile}.`,
          ),
        );
      }, timeoutMilliseconds);
    });
    try {
      await Promise.race([this.readiness, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async startProcess(): Promise<void> {
    if (this.process.pid !== undefined) return;
    const { signal } = this.options;
    signal.throwIfAborted();
    await this.options.prepare();
    signal.throwIfAborted();
    await this.process.start();
    this.options.onChange();
    this.ready = false;
    this.readiness = this.watch();
    // Nobody may be waiting; whoever waits later sees the same rejection.
    this.readiness.catch(() => undefined);
  }

  private async watch(): Promise<void> {
    const ended = new AbortController();
    void this.process.ended?.then(() => {
      this.ready = false;
      ended.abort();
      this.options.onChange();
    });
    if (await waitUntil(this.options.isReady, PROBE_PAUSE_MILLISECONDS, ended.signal)) {
      this.ready = !ended.signal.aborted;
      return;
    }
    const { title, outputFile } = this.options.process;
    throw new OperatorError(`${title} ended before it was ready: its output is in ${outputFile}.`);
  }
}
