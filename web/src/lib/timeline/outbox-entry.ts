import type { ProblemCode } from '../../../../core/contract/problems.ts';

/**
 * `queued`: not tried yet, or behind another. `sending`: a request is under way. `waiting`: tried without an outcome,
 * to be tried again. `sent`: the log has it. `failed`: refused for what it is; set aside until someone decides.
 */
export type OutboxState = 'queued' | 'sending' | 'waiting' | 'sent' | 'failed';

/** A message on its way, kept from before its first request until it is seen in the conversation. */
export interface OutboxEntry {
  readonly nonce: string;
  readonly conversationId: string;
  readonly sender: string;
  readonly content: string;
  /** ms since the epoch by this browser's clock; orders the queue, and stands for the time until the log says it. */
  readonly createdAt: number;
  /** Of the last request that left; null: none has. */
  readonly attempt: number | null;
  /** The newest message known in the conversation at the first attempt. */
  readonly after?: string | undefined;
  readonly state: OutboxState;
  /** From the 202. */
  readonly messageId?: string | undefined;
  readonly postedAt?: string | undefined;
  /** Why it was set aside. */
  readonly failure?: { readonly code: ProblemCode; readonly reason: string } | undefined;
}
