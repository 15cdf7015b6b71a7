import type { UserId } from '../../../core/contract/ids.ts';
import { REFRESH_TOKEN_LIFETIME_SECONDS } from '../../../core/contract/limits.ts';
import type { Session, SessionTokens } from '../ports/session-tokens.ts';
import type { Sessions } from '../ports/sessions.ts';
import { StoreUnavailableError } from '../ports/store-errors.ts';
import { hashOf, newRefreshToken, newSessionId } from './refresh-token.ts';
import { sessionCookies } from './session-cookies.ts';

export interface SessionParts {
  readonly sessions: Sessions;
  readonly tokens: SessionTokens;
  readonly now: () => Date;
}

export interface OpenedSession {
  readonly session: Session;
  /** Values of `Set-Cookie`. */
  readonly cookies: readonly string[];
}

/** Begins a session. With DynamoDB away it can't be refreshed, and ends when its token does. */
export async function openSession(parts: SessionParts, userId: UserId): Promise<OpenedSession> {
  const now = parts.now();
  const sessionId = newSessionId();
  const refreshToken = newRefreshToken(sessionId);
  const refreshable = await isKept(parts.sessions, {
    sessionId,
    userId,
    currentHash: hashOf(refreshToken),
    expiresAt: new Date(now.getTime() + REFRESH_TOKEN_LIFETIME_SECONDS * 1000),
  });
  const { token, session } = await parts.tokens.issue({ userId, sessionId, refreshable });
  return { session, cookies: sessionCookies(token, session, refreshable ? refreshToken : undefined, now) };
}

async function isKept(sessions: Sessions, session: Parameters<Sessions['add']>[0]): Promise<boolean> {
  try {
    await sessions.add(session);
    return true;
  } catch (error) {
    if (error instanceof StoreUnavailableError) return false;
    throw error;
  }
}
