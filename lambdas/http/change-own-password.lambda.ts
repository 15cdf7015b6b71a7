import { changePassword } from '../application/identity/change-password.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { commonPasswords } from '../runtime/common-passwords.ts';
import { identities, users } from '../runtime/identity.ts';
import { passwordHasher } from '../runtime/passwords.ts';
import { sessions } from '../runtime/sessions.ts';
import { signalLog } from '../runtime/signals.ts';

export const handler = httpFunction('change-own-password', async ({ session, body }) => {
  await changePassword(
    {
      identities: identities(),
      users: users(),
      passwordHasher: passwordHasher(),
      commonPasswords: commonPasswords(),
      sessions: sessions(),
      signalLog: signalLog(),
    },
    session,
    body,
  );
  return { body: undefined };
});
