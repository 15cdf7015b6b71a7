import type { EmailId, UserId } from '../../../core/contract/ids.ts';
import type { User } from './users.ts';

/** A change of a user that is under way, or broke off: what the cache holds of the user may not be true any more. */
export interface PendingChange {
  readonly changeId: string;
  /** No other change may begin before; past it, this one has broken off. */
  readonly until: Date;
}

export interface CachedIdentity {
  /** Absent if nothing but a change was noted. */
  readonly user?: User;
  readonly pendingChange?: PendingChange;
}

/**
 * The copy of the users that is asked first and answers while Cassandra is away: one item per user and one per e-mail
 * address, no expiry. It must never keep something that is no longer true, so a change is noted here before it is made,
 * and only the one who made it, or one who reads the truth after it broke off, removes the note.
 *
 * Reads are strongly consistent. Every method throws StoreUnavailableError while DynamoDB is away.
 */
export interface IdentityCache {
  /** What is held of these users; those of whom nothing is held are absent. */
  find(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, CachedIdentity>>;
  userIdOf(emailId: EmailId): Promise<UserId | undefined>;
  /**
   * Keeps what was read from the truth after `seen` was read from here. Does nothing if something else is held by now,
   * or the pending change may still be under way at `now`.
   */
  fill(user: User, seen: CachedIdentity | undefined, now: Date): Promise<void>;
  /** Notes a change. False: another one is under way at `now`. */
  beginChange(userId: UserId, change: PendingChange, now: Date): Promise<boolean>;
  /** The change is made: keeps the user as it is after it, unless another change took over meanwhile. */
  completeChange(user: User, changeId: string): Promise<void>;
  /** The change failed, or nobody knows: the next one may begin, and what is held stays in doubt until somebody asks. */
  abandonChange(userId: UserId, changeId: string): Promise<void>;
}
