import type { UserId } from '../../../core/contract/ids.ts';

/** Who is asking: verified from the session token. */
export interface Session {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly expiresAt: Date;
  /** False if no refresh token was given with it (DynamoDB was away). */
  readonly refreshable: boolean;
}

/** The short-lived token that goes with every request. */
export interface SessionTokens {
  /** A token for a session, good from now on for the lifetime that the settings name. */
  issue(session: Omit<Session, 'expiresAt'>): Promise<{ readonly token: string; readonly session: Session }>;
  /** Who a token stands for; `expired` if it was one of ours once, `invalid` for anything else. */
  verify(token: string): Promise<Session | 'expired' | 'invalid'>;
}
