import type { OwnProfile } from '../../../core/contract/users.ts';
import type { Identities } from '../ports/identities.ts';
import { Problem } from '../ports/problem.ts';
import type { Session } from '../ports/session-tokens.ts';
import { orProblem } from '../ports/store-errors.ts';
import { ownProfileOf } from './own-profile.ts';

/** @throws {Problem} identity_unavailable; session_required if the session is of a user who is no longer there */
export async function readOwnProfile(identities: Identities, session: Session): Promise<OwnProfile> {
  const user = await orProblem('identity_unavailable', () => identities.find(session.userId));
  if (!user) throw new Problem('session_required');
  return ownProfileOf(user, session);
}
