import { refreshSession } from '../application/identity/refresh-session.ts';
import { refreshTokenIn } from '../application/identity/session-cookies.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { sessionTokens } from '../runtime/session-tokens.ts';
import { refreshKeys, sessions } from '../runtime/sessions.ts';
import { signalLog } from '../runtime/signals.ts';

export const handler = httpFunction('refresh-session', async ({ cookies }) => {
  const refreshed = await refreshSession(
    {
      sessions: sessions(),
      signalLog: signalLog(),
      tokens: sessionTokens(),
      refreshKeys,
      now: () => new Date(),
    },
    refreshTokenIn(cookies),
  );
  return {
    body: { sessionExpiresAt: refreshed.session.expiresAt.toISOString() },
    cookies: refreshed.cookies,
  };
});
