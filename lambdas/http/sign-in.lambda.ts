import { ownProfileOf } from '../application/identity/own-profile.ts';
import { signIn } from '../application/identity/sign-in.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { identities, users } from '../runtime/identity.ts';
import { count } from '../runtime/metrics.ts';
import { passwordHasher } from '../runtime/passwords.ts';
import { sessionTokens } from '../runtime/session-tokens.ts';
import { sessions } from '../runtime/sessions.ts';

export const handler = httpFunction('sign-in', async ({ body }) => {
  const { user, session, cookies } = await signIn(
    {
      identities: identities(),
      users: users(),
      passwordHasher: passwordHasher(),
      sessions: sessions(),
      tokens: sessionTokens(),
      count,
      now: () => new Date(),
    },
    body,
  );
  return { body: ownProfileOf(user, session), cookies };
});
