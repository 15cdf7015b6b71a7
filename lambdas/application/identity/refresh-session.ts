import { REFRESH_GRACE_SECONDS, REFRESH_TOKEN_LIFETIME_SECONDS } from '../../../core/contract/limits.ts';
import { announceIfPossible } from '../announce-if-possible.ts';
import { Problem } from '../ports/problem.ts';
import type { RefreshableSession } from '../ports/sessions.ts';
import type { SignalLog } from '../ports/signal-log.ts';
import { orProblem } from '../ports/store-errors.ts';
import type { OpenedSession, SessionParts } from './open-session.ts';
import { hashOf, sessionIdIn, successorOf } from './refresh-token.ts';
import { clearedCookies, sessionCookies } from './session-cookies.ts';

interface Parts extends SessionParts {
  readonly signalLog: SignalLog;
  /** Keys that successors are derived with, the current one first. */
  readonly refreshKeys: () => Promise<readonly Uint8Array[]>;
}

/** A request that lost a race looks again; each time it loses, another one got through. */
const TRIES = 3;

/**
 * Gives a new session token for a refresh token, and the token that follows it. One that was followed already still
 * yields the same successor for REFRESH_GRACE_SECONDS; coming back later it was stolen, from us or by us: the session
 * ends, and its sockets are closed.
 */
export async function refreshSession(parts: Parts, refreshToken: string | undefined): Promise<OpenedSession> {
  // Whoever has no refresh token keeps what is left of the session.
  if (refreshToken === undefined) throw new Problem('refresh_refused');
  const sessionId = sessionIdIn(refreshToken);
  if (sessionId === undefined) throw refused();
  return orProblem('sessions_unavailable', async () => {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const session = await parts.sessions.find(sessionId);
      if (!session || session.expiresAt <= parts.now()) throw refused();
      const outcome = await follow(parts, session, refreshToken);
      if (outcome === 'reused') {
        await parts.sessions.remove(sessionId);
        const { userId } = session;
        await announceIfPossible(parts.signalLog, [{ type: 'session.revoked', userId, sessionId }]);
        throw refused();
      }
      if (outcome !== 'lost') return reopen(parts, session, outcome.token);
    }
    throw new Problem('sessions_unavailable', { retryAfter: 1 });
  });
}

/** The token that the caller is to have from now on; `lost` if another request rotated the session meanwhile. */
async function follow(
  { sessions, refreshKeys, now }: Parts,
  session: RefreshableSession,
  given: string,
): Promise<{ token: string } | 'reused' | 'lost'> {
  const at = now();
  const hash = hashOf(given);
  const [key, ...olderKeys] = await refreshKeys();
  if (!key) throw new TypeError('There is no session key.');
  const inGrace =
    session.rotation !== undefined &&
    at.getTime() - session.rotation.at.getTime() < REFRESH_GRACE_SECONDS * 1000;
  if (session.currentHash === hash) {
    // Rotating again would take the rest of its time from the token before this one.
    if (inGrace) return { token: given };
    const token = successorOf(given, key);
    const rotated = await sessions.replace(session, {
      ...session,
      currentHash: hashOf(token),
      rotation: { previousHash: hash, at },
      expiresAt: new Date(at.getTime() + REFRESH_TOKEN_LIFETIME_SECONDS * 1000),
    });
    return rotated ? { token } : 'lost';
  }
  if (!inGrace || session.rotation?.previousHash !== hash) return 'reused';
  // The keys may have been rotated since: the right one is that whose successor is the current token.
  const token = [key, ...olderKeys]
    .map((candidate) => successorOf(given, candidate))
    .find((candidate) => hashOf(candidate) === session.currentHash);
  return token === undefined ? 'reused' : { token };
}

async function reopen(
  { tokens, now }: Parts,
  { userId, sessionId }: RefreshableSession,
  refreshToken: string,
): Promise<OpenedSession> {
  const { token, session } = await tokens.issue({ userId, sessionId, refreshable: true });
  return { session, cookies: sessionCookies(token, session, refreshToken, now()) };
}

function refused(): Problem {
  return new Problem('refresh_refused', { cookies: clearedCookies() });
}
