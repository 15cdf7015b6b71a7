import type { DeadLetterReason } from '../../../core/contract/records.ts';
import type { LogRecord } from './log-record.ts';

/** The topic `messages-dead`: records that can not be stored, with the reason, for a person to look at. */
export interface DeadLetters {
  /**
   * Resolves once the log confirmed the copy.
   *
   * @throws {StoreUnavailableError}
   */
  setAside(record: LogRecord, reason: DeadLetterReason): Promise<void>;
}
