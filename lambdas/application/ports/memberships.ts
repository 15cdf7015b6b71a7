import type { ConversationId, UserId } from '../../../core/contract/ids.ts';

/** `unknown`: no such conversation for this user (a direct message of others looks the same as none). */
export type Standing = 'member' | 'not-a-member' | 'unknown';

/** Answers who may read and post where. */
export interface MembershipCheck {
  /**
   * Whether the user may post (`member`). Asks Cassandra within MEMBERSHIP_READ_TIMEOUT_MS, then DynamoDB's copy; a
   * positive answer is remembered for MEMBERSHIP_REMEMBERED_MS at most.
   *
   * @throws {StoreUnavailableError} if neither answers
   */
  standingOf(userId: UserId, conversationId: ConversationId): Promise<Standing>;
}
