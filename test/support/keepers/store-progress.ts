import type { StoreProgress } from '../../../local/stores/stores.ts';

/** A line for each step that ended, and for whatever is worth a line of its own. */
export function printStoreProgress(progress: StoreProgress): void {
  if (progress.kind === 'notice') console.log(progress.sentence);
  if (progress.kind === 'step-finished') {
    console.log(`${progress.store}: ${progress.step} (${progress.seconds.toFixed(1)} s)`);
  }
}
