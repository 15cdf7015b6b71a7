import type { UserId } from '../../../core/contract/ids.ts';
import { announceIfPossible } from '../announce-if-possible.ts';
import { Problem } from '../ports/problem.ts';
import type { Session } from '../ports/session-tokens.ts';
import type { Sessions } from '../ports/sessions.ts';
import type { SignalLog } from '../ports/signal-log.ts';
import { StoreUnavailableError } from '../ports/store-errors.ts';
import { sessionIdIn } from './refresh-token.ts';
import { clearedCookies } from './session-cookies.ts';

interface Parts {
  readonly sessions: Sessions;
  readonly signalLog: SignalLog;
}

/**
 * Signs out: ends the session, has its sockets closed, and gives the cookies that make the browser forget it. The browser
 * forgets it also where the rest fails.
 *
 * @param session who asks, if the session token is still good; else the refresh token says which session it is
 */
export async function closeSession(
  { sessions, signalLog }: Parts,
  session: Session | undefined,
  refreshToken: string | undefined,
): Promise<{ cookies: readonly string[] }> {
  const cookies = clearedCookies();
  const sessionId =
    session?.sessionId ?? (refreshToken === undefined ? undefined : sessionIdIn(refreshToken));
  if (sessionId === undefined) return { cookies };
  let userId: UserId | undefined = session?.userId;
  let failure: StoreUnavailableError | undefined;
  try {
    userId = (await sessions.remove(sessionId))?.userId ?? userId;
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    failure = error;
  }
  if (userId !== undefined)
    await announceIfPossible(signalLog, [{ type: 'session.revoked', userId, sessionId }]);
  if (failure) throw new Problem('sessions_unavailable', { retryAfter: 1, cookies, cause: failure });
  return { cookies };
}
