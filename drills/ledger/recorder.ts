import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { Ledger } from './ledger.ts';
import type { Observation } from './observation.ts';

/** Without `at`, which the recorder adds. */
export type Unstamped = Observation extends infer One
  ? One extends Observation
    ? Omit<One, 'at'>
    : never
  : never;

/** Stamps what is observed, keeps the ledger, and writes everything down, a line of JSON each. */
export class Recorder {
  readonly ledger = new Ledger();
  readonly #begunAt = performance.now();
  readonly #file: WriteStream | undefined;

  /** @param path of the file, made anew; without one nothing is written */
  constructor(path?: string) {
    if (path === undefined) return;
    mkdirSync(dirname(path), { recursive: true });
    this.#file = createWriteStream(path, { mode: 0o600 });
  }

  /** Milliseconds since the recorder began. */
  get now(): number {
    return performance.now() - this.#begunAt;
  }

  record(observation: Unstamped, at: number = this.now): void {
    const stamped = { at: Math.round(at * 100) / 100, ...observation } as Observation;
    this.ledger.observe(stamped);
    this.#file?.write(`${JSON.stringify(stamped)}\n`);
  }

  /** Resolves once everything is in the file. */
  async close(): Promise<void> {
    if (this.#file === undefined) return;
    this.#file.end();
    await once(this.#file, 'close');
  }
}

/** Gives the observations of a file to a new ledger. */
export async function readLedger(path: string): Promise<Ledger> {
  const ledger = new Ledger();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    ledger.observe(JSON.parse(line) as Observation);
  }
  return ledger;
}
