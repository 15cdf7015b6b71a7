import type { UserId } from '../../../core/contract/ids.ts';
import type { Profile } from '../../../core/contract/users.ts';
import { Problem } from '../ports/problem.ts';
import type { Profiles } from '../ports/profiles.ts';
import { orProblem } from '../ports/store-errors.ts';

/** @throws {Problem} user_not_found, identity_unavailable */
export async function readUser(profiles: Profiles, userId: UserId): Promise<Profile> {
  const found = await orProblem('identity_unavailable', () => profiles.profilesOf([userId]));
  const profile = found.get(userId);
  if (!profile) throw new Problem('user_not_found');
  return profile;
}
