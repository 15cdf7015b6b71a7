import type { OwnProfile, UpdateProfileBody } from '../../../core/contract/users.ts';
import type { Identities } from '../ports/identities.ts';
import { Problem } from '../ports/problem.ts';
import type { Session } from '../ports/session-tokens.ts';
import { orProblem } from '../ports/store-errors.ts';
import type { UserDirectory } from '../ports/user-directory.ts';
import { profileOf, type User, type Users } from '../ports/users.ts';
import { avatarAddressOf } from './avatar-address.ts';
import { ownProfileOf } from './own-profile.ts';

interface Parts {
  readonly identities: Identities;
  readonly users: Users;
  readonly userDirectory: UserDirectory;
}

/** Changes the names or the picture. @throws {Problem} identity_unavailable */
export async function updateProfile(
  parts: Parts,
  session: Session,
  body: UpdateProfileBody,
): Promise<OwnProfile> {
  const user = await orProblem('identity_unavailable', () =>
    parts.identities.change(session.userId, async (before) => {
      const after = withChanges(before, body);
      await parts.users.writeProfile(profileOf(after));
      await parts.userDirectory.replace(profileOf(before), profileOf(after));
      return after;
    }),
  );
  if (!user) throw new Problem('session_required');
  return ownProfileOf(user, session);
}

function withChanges(user: User, { firstName, lastName, avatar }: UpdateProfileBody): User {
  const { avatar: present, ...rest } = user;
  const chosen =
    avatar === undefined ? present : avatar === null ? undefined : avatarAddressOf(avatar, user.emailId);
  return {
    ...rest,
    firstName: firstName ?? user.firstName,
    lastName: lastName ?? user.lastName,
    ...(chosen === undefined ? {} : { avatar: chosen }),
  };
}
