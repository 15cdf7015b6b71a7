import type { DrillSystem } from '../drills/run/drill-system.ts';
import type { StartPingMeOptions } from '../local/run/ping-me.ts';

/** One line of the result: what was measured, beside what, and how they compare. */
export interface Row {
  /** "send → acknowledged, p99". */
  readonly what: string;
  /** What it is held against: "one awaited kafkajs send". */
  readonly beside: string;
  readonly unit: 'ms' | 'per second' | 'MiB' | 'bytes';
  /** Medians over the runs. */
  readonly ours: number;
  readonly theirs: number;
  /** Median of the ratios within each run: ours to theirs. */
  readonly ratio: number;
  /** What must be reached; undefined where the figure is only printed. */
  readonly bound: Bound | undefined;
  /** Of each run, in their order. */
  readonly runs: readonly { readonly ours: number; readonly theirs: number }[];
}

export type Bound = { readonly atMost: number } | { readonly atLeast: number };

export interface BenchmarkContext extends DrillSystem {
  /** A line of progress. */
  say(line: string): void;
}

export interface Benchmark {
  /** What `npm run bench -- <name>` takes. */
  readonly name: string;
  readonly title: string;
  readonly system?: Pick<StartPingMeOptions, 'likeLambda' | 'settings' | 'socketLimits'>;
  /** Makes what has to be there before the system starts. */
  prepare?(): Promise<void>;
  run(context: BenchmarkContext): Promise<readonly Row[]>;
}

export function isReached({ ratio, bound }: Row): boolean {
  if (bound === undefined) return true;
  return 'atMost' in bound ? ratio <= bound.atMost : ratio >= bound.atLeast;
}
