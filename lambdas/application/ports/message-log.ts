import type { MessagePostedRecord } from '../../../core/contract/records.ts';
import type { LogPosition } from '../../../core/domain/message-id.ts';

export interface MessageToAppend {
  readonly record: MessagePostedRecord;
  /** The client's own count of tries, if it gave one. */
  readonly attempt: number | undefined;
  readonly requestId: string;
  readonly traceparent: string;
}

/** Appends messages to the topic `messages`. */
export interface MessageLog {
  /**
   * Resolves once the log confirmed the record, with where it stands. Tries again within the deadline; each copy after
   * the first is marked as one.
   *
   * @throws {StoreUnavailableError} after `deadlineMs`; whether the record was appended is then unknown
   */
  append(message: MessageToAppend, deadlineMs: number): Promise<LogPosition>;
}
