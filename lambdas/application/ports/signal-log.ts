import type { Signal } from '../../../core/contract/events.ts';

/** Appends signals to the topic `signals`. */
export interface SignalLog {
  /**
   * Resolves once the log confirmed all of them.
   *
   * @throws {StoreUnavailableError} after `deadlineMs`
   */
  announce(
    signals: readonly Signal[],
    options?: { deadlineMs?: number; traceparent?: string },
  ): Promise<void>;
}
