import type { Ledger } from '../ledger/ledger.ts';
import { quantile } from '../run/quantile.ts';
import { waitFor } from '../run/wait-for.ts';

export interface Drain {
  /** Everything that was acknowledged is said to be stored. */
  readonly isComplete: boolean;
  readonly seconds: number;
  /** How long its first tenth took, a store that has just come back included, and how long a tenth took in the median. */
  readonly firstTenthSeconds: number;
  readonly medianTenthSeconds: number;
}

const POLL_MS = 100;

/** Waits until the backlog of now is stored, or `withinMs` is over. */
export async function watchDrain(ledger: Ledger, withinMs: number): Promise<Drain> {
  const startedAt = performance.now();
  const stored = ledger.saidStoredCount;
  const backlog = ledger.acknowledgedCount - stored;
  const tenths: number[] = [];
  let tenthBeganAt = startedAt;
  const isComplete = await waitFor(
    'the backlog to be stored',
    () => {
      const done = ledger.saidStoredCount - stored;
      // A poll may see several tenths at once; they took the same time then.
      const reached = Math.min(10, Math.floor((done * 10) / Math.max(1, backlog)));
      const passed = reached - tenths.length;
      const now = performance.now();
      for (let left = passed; left > 0; left -= 1) tenths.push((now - tenthBeganAt) / passed / 1_000);
      if (passed > 0) tenthBeganAt = now;
      return ledger.saidStoredCount >= ledger.acknowledgedCount;
    },
    withinMs,
    POLL_MS,
  ).then(
    () => true,
    () => false,
  );
  return {
    isComplete,
    seconds: (performance.now() - startedAt) / 1_000,
    firstTenthSeconds: tenths[0] ?? Number.POSITIVE_INFINITY,
    medianTenthSeconds: quantile(tenths, 0.5),
  };
}
