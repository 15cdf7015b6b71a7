import { errors, jwtVerify, SignJWT } from 'jose';
import type { Session, SessionTokens } from '../../application/ports/session-tokens.ts';
import type { SessionKeyRing } from './session-key-ring.ts';

const ALGORITHM = 'HS256';

/** Session tokens as JWTs: `sub`, `sid`, `iat`, `exp`, and `refreshable`; the key's id is in the header. */
export class JwtSessionTokens implements SessionTokens {
  readonly #keyRing: SessionKeyRing;
  readonly #lifetimeSeconds: number;
  readonly #now: () => number;

  constructor(keyRing: SessionKeyRing, lifetimeSeconds: number, now: () => number = Date.now) {
    this.#keyRing = keyRing;
    this.#lifetimeSeconds = lifetimeSeconds;
    this.#now = now;
  }

  async issue(session: Omit<Session, 'expiresAt'>): Promise<{ token: string; session: Session }> {
    const { kid, key } = (await this.#keyRing.keys()).current;
    const issuedAt = Math.floor(this.#now() / 1000);
    const expiresAt = issuedAt + this.#lifetimeSeconds;
    const token = await new SignJWT({ sid: session.sessionId, refreshable: session.refreshable })
      .setProtectedHeader({ alg: ALGORITHM, kid })
      .setSubject(session.userId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(key);
    return { token, session: { ...session, expiresAt: new Date(expiresAt * 1000) } };
  }

  async verify(token: string): Promise<Session | 'expired' | 'invalid'> {
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.#keyOf(kid), {
        algorithms: [ALGORITHM],
        requiredClaims: ['sub', 'sid', 'iat', 'exp'],
        currentDate: new Date(this.#now()),
      });
      const { sub, sid, exp, refreshable } = payload;
      if (sub === undefined || exp === undefined || typeof sid !== 'string') return 'invalid';
      return {
        userId: sub,
        sessionId: sid,
        expiresAt: new Date(exp * 1000),
        refreshable: refreshable === true,
      };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return 'expired';
      if (error instanceof errors.JOSEError) return 'invalid';
      throw error;
    }
  }

  async #keyOf(kid: string | undefined): Promise<Uint8Array> {
    const key = kid === undefined ? undefined : await this.#keyRing.accepted(kid);
    if (!key) throw new errors.JWTInvalid('The token names no key of ours.');
    return key;
  }
}
