import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface MemoryQueueOptions {
  readonly contactPoints: readonly string[];
  readonly port: number;
  readonly localDataCenter: string;
  readonly keyspace: string;
  /** Messages that it holds at most. */
  readonly bound: number;
}

export interface MemoryQueueReport {
  readonly accepted: number;
  readonly refused: number;
  readonly stored: number;
  readonly waiting: number;
}

const MAIN = fileURLToPath(new URL('./memory-queue-main.ts', import.meta.url));

/** A bounded queue in the memory of a process of its own, in front of the same store. */
export class MemoryQueue {
  readonly #child: ChildProcess;
  readonly #url: string;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.#url = `http://127.0.0.1:${port}/`;
  }

  static async start(options: MemoryQueueOptions): Promise<MemoryQueue> {
    const child = fork(MAIN, [JSON.stringify(options)], { execArgv: ['--import', 'tsx'] });
    const [port] = (await once(child, 'message')) as [number];
    return new MemoryQueue(child, port);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Whether it was accepted. */
  async post(message: { conversation: string; nonce: string; content: string }): Promise<boolean> {
    const response = await fetch(this.#url, { method: 'POST', body: JSON.stringify(message) });
    await response.arrayBuffer();
    return response.status === 202;
  }

  async report(): Promise<MemoryQueueReport> {
    return (await (await fetch(this.#url)).json()) as MemoryQueueReport;
  }

  /** SIGKILL: what waits in it is gone. */
  async kill(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}
