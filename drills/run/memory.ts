import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { NodeControl } from '../../local/processes/node-control.ts';
import { partName } from '../../local/processes/part-registry.ts';

const INTERVAL_MS = 1_000;

/** Resident memory of parts over time, in MiB. */
export class MemoryWatch {
  readonly #series = new Map<string, number[]>();
  readonly #control: NodeControl;
  readonly #others: Readonly<Record<string, number>>;
  #timer: NodeJS.Timeout | undefined;
  #sampling: Promise<void> = Promise.resolve();

  /**
   * @param control whose parts with a process of their own are watched
   * @param others names and process ids besides
   */
  constructor(control: NodeControl, others: Readonly<Record<string, number>> = {}) {
    this.#control = control;
    this.#others = others;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#sampling = this.#sampling.then(() => this.#sample()).catch(() => undefined);
    }, INTERVAL_MS);
  }

  /** Resolves with name → MiB, a second apart. */
  async stop(): Promise<ReadonlyMap<string, readonly number[]>> {
    clearInterval(this.#timer);
    await this.#sampling;
    return this.#series;
  }

  async #sample(): Promise<void> {
    const parts = await this.#control.status();
    const pids = new Map(Object.entries(this.#others));
    for (const part of parts) if (part.pid !== undefined) pids.set(partName(part), part.pid);
    const kibibytes = await residentKibibytes([...pids.values()]);
    for (const [name, pid] of pids) {
      const resident = kibibytes.get(pid);
      if (resident === undefined) continue;
      const series = this.#series.get(name) ?? [];
      series.push(resident / 1_024);
      this.#series.set(name, series);
    }
  }
}

async function residentKibibytes(pids: readonly number[]): Promise<Map<number, number>> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=,rss=', '-p', pids.join(',')]);
  return new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .map(([pid = 0, resident = 0]) => [pid, resident]),
  );
}
