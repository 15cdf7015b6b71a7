import { REFRESH_TOKEN_LIFETIME_SECONDS } from '../../../core/contract/limits.ts';
import { COOKIES } from '../../../core/contract/security-headers.ts';
import type { Session } from '../ports/session-tokens.ts';

function cookie(kind: keyof typeof COOKIES, value: string, maxAgeSeconds: number): string {
  const { name, path } = COOKIES[kind];
  return `${name}=${value}; Path=${path}; Max-Age=${maxAgeSeconds}; HttpOnly; Secure; SameSite=Strict`;
}

/**
 * Cookies of a session that was opened or refreshed. A session token that has a refresh token beside it stays in the
 * browser as long as that one: an expired one is answered with `session_expired`, which says that refreshing helps.
 */
export function sessionCookies(
  token: string,
  session: Session,
  refreshToken: string | undefined,
  now: Date,
): string[] {
  if (refreshToken === undefined) {
    const lifetime = Math.max(0, Math.floor((session.expiresAt.getTime() - now.getTime()) / 1000));
    // A refresh token of an earlier session would bring that one back.
    return [cookie('session', token, lifetime), cookie('refresh', '', 0)];
  }
  return [
    cookie('session', token, REFRESH_TOKEN_LIFETIME_SECONDS),
    cookie('refresh', refreshToken, REFRESH_TOKEN_LIFETIME_SECONDS),
  ];
}

export function clearedCookies(): string[] {
  return [cookie('session', '', 0), cookie('refresh', '', 0)];
}

/** The refresh token that a request brought, if it brought one. */
export function refreshTokenIn(cookies: Readonly<Record<string, string>>): string | undefined {
  return cookies[COOKIES.refresh.name] || undefined;
}
