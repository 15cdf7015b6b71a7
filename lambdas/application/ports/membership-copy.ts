import type { Channel } from '../../../core/contract/conversations.ts';
import type { ConversationId, UserId } from '../../../core/contract/ids.ts';
import type { Membership } from './membership-store.ts';

/** A membership with what a row of the side bar needs; a direct message's other user stands in the conversation id. */
export interface CopiedMembership extends Membership {
  /** Absent in direct messages. */
  readonly channel?: Channel;
}

/**
 * DynamoDB's complete copy of all memberships, those that have ended included; it answers while Cassandra is away. Every
 * read is strongly consistent. Every method throws StoreUnavailableError while DynamoDB is away.
 */
export interface MembershipCopy {
  find(userId: UserId, conversationId: ConversationId): Promise<CopiedMembership | undefined>;
  /** All memberships of the user, also those that have ended, in order of conversation id. */
  listOf(userId: UserId): Promise<readonly CopiedMembership[]>;
  /** Writes it unless a newer one stands there: that one stays, and the write counts as done. */
  write(membership: CopiedMembership): Promise<void>;
}
