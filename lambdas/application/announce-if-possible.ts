import type { Signal } from '../../core/contract/events.ts';
import type { SignalLog } from './ports/signal-log.ts';
import { StoreUnavailableError } from './ports/store-errors.ts';

/** How long a request waits for its signals; the change itself is done and must not wait for an absent log. */
const PATIENCE_MS = 1_000;

/**
 * Announces what a use case has already changed. With the log away the change stands all the same: pages that missed the
 * signal see the new state when they next read.
 */
export async function announceIfPossible(signalLog: SignalLog, signals: readonly Signal[]): Promise<void> {
  try {
    await signalLog.announce(signals, { deadlineMs: PATIENCE_MS });
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
  }
}
