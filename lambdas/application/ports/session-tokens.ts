import type { UserId } from '../../../core/contract/ids.ts';

/** Who is asking: verified from the session token. */
export interface Session {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly expiresAt: Date;
  /** False if no refresh token was given with it (DynamoDB was away). */
  readonly refreshable: boolean;
}
