import { closeSession } from '../application/identity/close-session.ts';
import { refreshTokenIn } from '../application/identity/session-cookies.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { sessions } from '../runtime/sessions.ts';
import { signalLog } from '../runtime/signals.ts';

export const handler = httpFunction('sign-out', async ({ session, cookies }) => {
  const closed = await closeSession(
    { sessions: sessions(), signalLog: signalLog() },
    session,
    refreshTokenIn(cookies),
  );
  return { body: undefined, cookies: closed.cookies };
});
