import type { OwnProfile } from '../../../core/contract/users.ts';
import type { Session } from '../ports/session-tokens.ts';
import { profileOf, type User } from '../ports/users.ts';

/** A user as it sees itself. */
export function ownProfileOf(user: User, session: Session): OwnProfile {
  return {
    ...profileOf(user),
    emailId: user.emailId,
    sessionExpiresAt: session.expiresAt.toISOString(),
    refreshable: session.refreshable,
  };
}
