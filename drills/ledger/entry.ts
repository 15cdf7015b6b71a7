import type { MessageId } from '../../core/contract/ids.ts';

/** What is known of one message that was sent; times in milliseconds on the run's clock. */
export interface Entry {
  readonly sentAt: number;
  readonly digest: string;
  acknowledgedAt?: number;
  /** As it was acknowledged. */
  messageId?: MessageId;
}
