import type { StoreName, StoreProgress } from './stores.ts';

/** Tells the caller of `startStores` where the time goes. */
export class Progress {
  private readonly report: (progress: StoreProgress) => void;

  constructor(report: ((progress: StoreProgress) => void) | undefined) {
    this.report = report ?? (() => undefined);
  }

  notice(sentence: string): void {
    this.report({ kind: 'notice', sentence });
  }

  running(store: StoreName, step: string, seconds: number, megabytes: number): void {
    this.report({ kind: 'step-running', store, step, seconds, megabytes });
  }

  /** Runs a step and tells its begin, and its end if it succeeds. */
  async step(store: StoreName, step: string, run: () => Promise<void>): Promise<void> {
    const started = performance.now();
    this.report({ kind: 'step-started', store, step });
    await run();
    this.report({ kind: 'step-finished', store, step, seconds: (performance.now() - started) / 1_000 });
  }
}
