import type { UserId } from '../../../core/contract/ids.ts';

/**
 * What is kept of a session that can be refreshed: one refresh token is good at a time, the one before it for
 * REFRESH_GRACE_SECONDS more. Only their hashes are kept.
 */
export interface RefreshableSession {
  readonly sessionId: string;
  readonly userId: UserId;
  readonly currentHash: string;
  /** Absent until the first refresh. */
  readonly rotation?: { readonly previousHash: string; readonly at: Date };
  /** 30 days after the last refresh. */
  readonly expiresAt: Date;
}

/** Sessions that can be refreshed. Every method throws StoreUnavailableError while DynamoDB is away. */
export interface Sessions {
  add(session: RefreshableSession): Promise<void>;
  /** Strongly consistent. */
  find(sessionId: string): Promise<RefreshableSession | undefined>;
  /** Puts `next` in the place of `session`. False: it is not as it was (rotated by another request, or ended). */
  replace(session: RefreshableSession, next: RefreshableSession): Promise<boolean>;
  /** Ends a session at once: no token of it is refreshed from then on. Gives what was ended. */
  remove(sessionId: string): Promise<RefreshableSession | undefined>;
  /** Ends all sessions of a user but one. */
  removeOthers(userId: UserId, exceptSessionId: string): Promise<void>;
}
