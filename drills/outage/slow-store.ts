import { setTimeout as pause } from 'node:timers/promises';
import type { NodeControl } from '../../local/processes/node-control.ts';

const NODES = [1, 2, 3];

/**
 * Lets all Cassandra nodes run for a moment and stand still for the rest of each turn: they keep their connections and their
 * data, and do as much less as they run less.
 */
export class SlowStore {
  readonly #nodes: NodeControl;
  readonly #ended = new AbortController();
  readonly #running: Promise<void>;

  constructor(nodes: NodeControl, { runMs, standMs }: { readonly runMs: number; readonly standMs: number }) {
    this.#nodes = nodes;
    this.#running = this.#run(runMs, standMs);
  }

  /** Resolves once all nodes run again. */
  async end(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async #run(runMs: number, standMs: number): Promise<void> {
    const { signal } = this.#ended;
    const wait = (milliseconds: number) => pause(milliseconds, undefined, { signal }).catch(() => undefined);
    try {
      while (!signal.aborted) {
        await Promise.all(NODES.map((node) => this.#nodes.pause('cassandra', node)));
        await wait(standMs);
        await Promise.all(NODES.map((node) => this.#nodes.resume('cassandra', node)));
        await wait(runMs);
      }
    } finally {
      await Promise.all(NODES.map((node) => this.#nodes.resume('cassandra', node)));
    }
  }
}
