import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from '../../drills/run/quantile.ts';

/** One operation; `turn` counts up, so that operations can share out people and conversations. */
export type Operation = (turn: number) => Promise<unknown>;

export interface CompareLatencyOptions {
  readonly ours: Operation;
  readonly theirs: Operation;
  /** Operations a second of each side, evenly, whether the one before has ended or not. */
  readonly perSecond: number;
  /** Of each side, before anything is measured. */
  readonly warmUp: number;
  /** Of each side in a run. */
  readonly operations: number;
  readonly runs: number;
}

export interface LatencyRun {
  /** Milliseconds, ascending by nothing. */
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

const WARM_UP_AT_ONCE = 4;

/** The two sides take turns, operation by operation, so that both meet the same machine. */
export async function compareLatency(options: CompareLatencyOptions): Promise<LatencyRun[]> {
  await warmUp(options.ours, options.warmUp);
  await warmUp(options.theirs, options.warmUp);
  const runs: LatencyRun[] = [];
  for (let run = 0; run < options.runs; run += 1) runs.push(await measure(options, run));
  return runs;
}

export function quantilesOf(runs: readonly LatencyRun[], share: number): { ours: number; theirs: number }[] {
  return runs.map(({ ours, theirs }) => ({ ours: quantile(ours, share), theirs: quantile(theirs, share) }));
}

async function warmUp(operation: Operation, count: number): Promise<void> {
  let turn = 0;
  const worker = async () => {
    while (turn < count) await operation(turn++);
  };
  await Promise.all(Array.from({ length: WARM_UP_AT_ONCE }, worker));
}

async function measure(
  { ours, theirs, perSecond, operations }: CompareLatencyOptions,
  run: number,
): Promise<LatencyRun> {
  const measured: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  const timed = async (side: 'ours' | 'theirs', turn: number) => {
    const begunAt = performance.now();
    await (side === 'ours' ? ours : theirs)(turn);
    measured[side].push(performance.now() - begunAt);
  };
  const interval = 1_000 / perSecond / 2;
  const underWay: Promise<void>[] = [];
  const begunAt = performance.now();
  for (let step = 0; step < 2 * operations; step += 1) {
    const early = begunAt + step * interval - performance.now();
    if (early > 0) await pause(early);
    underWay.push(timed(step % 2 === 0 ? 'ours' : 'theirs', run * operations + (step >> 1)));
  }
  await Promise.all(underWay);
  return measured;
}
