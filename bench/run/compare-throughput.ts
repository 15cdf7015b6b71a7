import type { Operation } from './compare-latency.ts';

export interface ThroughputSide {
  readonly operation: Operation;
  /** Things that one operation does: messages of a batch. */
  readonly weight?: number;
  /** Operations under way at once. */
  readonly clients: number;
  /** Resolves once nothing of its operations goes on behind them, which the next side would be measured beside. */
  readonly settled?: () => Promise<void>;
}

export interface CompareThroughputOptions {
  readonly sides: readonly ThroughputSide[];
  /** Operations of each side before anything is measured. */
  readonly warmUp: number;
  readonly secondsEach: number;
  readonly runs: number;
}

/** Closed loops, one side after the other, run after run. Gives things a second, by run and side. */
export async function compareThroughput(options: CompareThroughputOptions): Promise<number[][]> {
  for (const side of options.sides) {
    await loop(side, (done) => done < options.warmUp);
    await side.settled?.();
  }
  const runs: number[][] = [];
  for (let run = 0; run < options.runs; run += 1) {
    const rates: number[] = [];
    for (const side of options.sides) {
      const begunAt = performance.now();
      const end = begunAt + options.secondsEach * 1_000;
      const done = await loop(side, () => performance.now() < end);
      rates.push((done * (side.weight ?? 1) * 1_000) / (performance.now() - begunAt));
      await side.settled?.();
    }
    runs.push(rates);
  }
  return runs;
}

/** @returns how many operations were done */
async function loop(
  { operation, clients }: ThroughputSide,
  goOn: (begun: number) => boolean,
): Promise<number> {
  let begun = 0;
  const client = async () => {
    while (goOn(begun)) await operation(begun++);
  };
  await Promise.all(Array.from({ length: clients }, client));
  return begun;
}
