import type { ConversationId, UserId } from '../../../core/contract/ids.ts';

/**
 * A user's membership of a conversation as one store has it. Of two copies the one with the greater `version` is the
 * newer; of two with the same version the one that left.
 */
export interface Membership {
  readonly userId: UserId;
  readonly conversationId: ConversationId;
  readonly state: 'joined' | 'left';
  /** Milliseconds since 1970 of the change, and more than the version of every state known before it. */
  readonly version: number;
  readonly joinedAt: Date;
}

/**
 * The truth about memberships: Cassandra. All writes are idempotent, and an older version never undoes a newer one. Every
 * method throws StoreUnavailableError while Cassandra is away.
 */
export interface MembershipStore {
  /** The user's membership of the conversation, also one that has ended; undefined if there never was one. */
  find(
    userId: UserId,
    conversationId: ConversationId,
    options?: { timeoutMs?: number },
  ): Promise<Membership | undefined>;
  /** All memberships of the user, also those that have ended, in order of conversation id. */
  listOf(userId: UserId): Promise<readonly Membership[]>;
  /** Which of the conversations, at most 100, the user is a member of. */
  joinedAmong(
    userId: UserId,
    conversationIds: readonly ConversationId[],
  ): Promise<ReadonlySet<ConversationId>>;
  /** A page of a conversation's members in order of user id, after `after`. */
  membersOf(
    conversationId: ConversationId,
    page: { after: UserId | undefined; limit: number },
  ): Promise<readonly UserId[]>;
  /** Writes both sides of it: the user's own row, which decides, comes last in joining and first in leaving. */
  write(membership: Membership): Promise<void>;
}
