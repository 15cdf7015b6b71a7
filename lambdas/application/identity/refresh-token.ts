import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';

/** 256 bits: nothing to guess, so a fast hash of it is as good as a slow one. */
const SECRET_BYTES = 32;
const FORMAT = /^([0-9a-f-]{36})\.[A-Za-z0-9_-]{43}$/;

export function newSessionId(): string {
  return randomUUID();
}

/** `<sessionId>.<secret>` */
export function newRefreshToken(sessionId: string): string {
  return `${sessionId}.${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** The session that a token says it belongs to; undefined for what can't be one of our tokens. */
export function sessionIdIn(token: string): string | undefined {
  return FORMAT.exec(token)?.[1];
}

/** What is kept of a token. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/**
 * The token that follows `token`, always the same for the same key: two requests that bring one token get one successor,
 * though none is kept anywhere.
 */
export function successorOf(token: string, key: Uint8Array): string {
  // Begins as nothing that is signed for a session token does, so that one key serves both.
  const secret = createHmac('sha256', key).update(`refresh\n${token}`).digest('base64url');
  return `${sessionIdIn(token)}.${secret}`;
}
