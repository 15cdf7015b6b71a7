import type { StoreProgress } from '../stores/stores.ts';

/** Where a line of progress goes. */
export interface ReportOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

interface RunningStep {
  readonly begunAt: number;
  detail: string;
}

const REDRAW_MILLISECONDS = 250;
/** Without a terminal a long step says so now and then. */
const REMIND_MILLISECONDS = 15_000;

/**
 * Tells where the time of a start goes: a line for each step that has ended, and on a terminal one that shows what is being
 * waited for.
 */
export class StartReport {
  private readonly output: ReportOutput;
  private readonly begunAt = performance.now();
  private readonly running = new Map<string, RunningStep>();
  private readonly finished: { name: string; seconds: number }[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(output: ReportOutput) {
    this.output = output;
    const pause = output.isTTY ? REDRAW_MILLISECONDS : REMIND_MILLISECONDS;
    this.timer = setInterval(() => this.showRunning(), pause).unref();
  }

  /** Runs a step; its line says what `describe` makes of its value. */
  async step<Value>(
    name: string,
    run: () => Promise<Value>,
    describe?: (value: Value) => string,
  ): Promise<Value> {
    this.began(name);
    const begun = performance.now();
    try {
      const value = await run();
      this.ended(name, (performance.now() - begun) / 1_000, describe?.(value));
      return value;
    } finally {
      this.running.delete(name);
    }
  }

  began(name: string): void {
    this.running.set(name, { begunAt: performance.now(), detail: '' });
  }

  ended(name: string, seconds: number, detail?: string): void {
    this.running.delete(name);
    this.finished.push({ name, seconds });
    this.say(`  ${name}${detail === undefined ? '' : `: ${detail}`} (${seconds.toFixed(1)} s)`);
  }

  readonly stores = (progress: StoreProgress): void => {
    if (progress.kind === 'notice') {
      this.say(progress.sentence);
      return;
    }
    const name = `${progress.store}, ${progress.step}`;
    if (progress.kind === 'step-started') this.began(name);
    else if (progress.kind === 'step-finished') this.ended(name, progress.seconds);
    else this.detail(name, progress.megabytes > 0 ? `${Math.round(progress.megabytes)} MB` : '');
  };

  /** A line of its own. */
  say(line: string): void {
    this.output.write(`${this.output.isTTY ? '\r\u001b[K' : ''}${line}\n`);
  }

  /** "31.2 s, of which cassandra, starting 3 nodes 14.2, …": the steps ran side by side, so that they add up to more. */
  summary(): string {
    const seconds = (performance.now() - this.begunAt) / 1_000;
    const longest = this.finished
      .toSorted((a, b) => b.seconds - a.seconds)
      .slice(0, 5)
      .map((step) => `${step.name} ${step.seconds.toFixed(1)} s`);
    return `It took ${seconds.toFixed(1)} s; the longest steps, side by side: ${longest.join('; ')}.`;
  }

  end(): void {
    clearInterval(this.timer);
    if (this.output.isTTY) this.output.write('\r\u001b[K');
  }

  private detail(name: string, detail: string): void {
    const step = this.running.get(name);
    if (step === undefined) this.began(name);
    else step.detail = detail;
  }

  private showRunning(): void {
    if (this.running.size === 0) return;
    const parts = [...this.running].map(([name, { begunAt, detail }]) => {
      const seconds = Math.floor((performance.now() - begunAt) / 1_000);
      return `${name}${detail === '' ? '' : ` ${detail}`} ${seconds} s`;
    });
    const line = `… ${parts.join(' · ')}`;
    if (this.output.isTTY) this.output.write(`\r\u001b[K${line.slice(0, (this.output.columns ?? 80) - 1)}`);
    else this.output.write(`${line}\n`);
  }
}
