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

  /** Runs what may turn out to be no step at all: it is one if `run` says so, and then ends as one. */
  async stepIfAny<Value>(
    store: StoreName,
    step: string,
    run: (running: (seconds: number, megabytes: number) => void) => Promise<Value>,
  ): Promise<Value> {
    const started = performance.now();
    let isStep = false;
    const value = await run((seconds, megabytes) => {
      isStep = true;
      this.report({ kind: 'step-running', store, step, seconds, megabytes });
    });
    if (isStep) {
      this.report({ kind: 'step-finished', store, step, seconds: (performance.now() - started) / 1_000 });
    }
    return value;
  }

  /** Runs a step and tells its begin, and its end if it succeeds. */
  async step(store: StoreName, step: string, run: () => Promise<void>): Promise<void> {
    const started = performance.now();
    this.report({ kind: 'step-started', store, step });
    await run();
    this.report({ kind: 'step-finished', store, step, seconds: (performance.now() - started) / 1_000 });
  }
}
