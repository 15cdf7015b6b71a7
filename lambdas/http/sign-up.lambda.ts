import { ownProfileOf } from '../application/identity/own-profile.ts';
import { signUp } from '../application/identity/sign-up.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { claims } from '../runtime/claims.ts';
import { commonPasswords } from '../runtime/common-passwords.ts';
import { identities, userDirectory, users } from '../runtime/identity.ts';
import { membershipWriter } from '../runtime/memberships.ts';
import { passwordHasher } from '../runtime/passwords.ts';
import { sessionTokens } from '../runtime/session-tokens.ts';
import { sessions } from '../runtime/sessions.ts';

export const handler = httpFunction('sign-up', async ({ body }) => {
  const { user, session, cookies } = await signUp(
    {
      claims: claims(),
      users: users(),
      userDirectory: userDirectory(),
      memberships: membershipWriter(),
      identities: identities(),
      passwordHasher: passwordHasher(),
      commonPasswords: commonPasswords(),
      sessions: sessions(),
      tokens: sessionTokens(),
      now: () => new Date(),
    },
    body,
  );
  return { body: ownProfileOf(user, session), cookies };
});
