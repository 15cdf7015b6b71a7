import type { Session, SessionTokens } from '../../application/ports/session-tokens.ts';

/** A key that is taken away refuses its tokens after this at the latest. */
const REMEMBERED_MS = 60_000;
/** Some 400 bytes each. */
const REMEMBERED_TOKENS = 10_000;

/**
 * Remembers for a while which tokens were found good: whoever is signed in sends the same one with every request, and
 * verifying it takes longer than most of what a request does here.
 */
export class RememberedSessionTokens implements SessionTokens {
  readonly #tokens: SessionTokens;
  readonly #now: () => number;
  /** Oldest first. */
  readonly #good = new Map<string, { readonly session: Session; readonly until: number }>();

  constructor(tokens: SessionTokens, now: () => number = Date.now) {
    this.#tokens = tokens;
    this.#now = now;
  }

  issue(session: Omit<Session, 'expiresAt'>): ReturnType<SessionTokens['issue']> {
    return this.#tokens.issue(session);
  }

  async verify(token: string): Promise<Session | 'expired' | 'invalid'> {
    const now = this.#now();
    const known = this.#good.get(token);
    if (known !== undefined && now < known.until) {
      return known.session.expiresAt.getTime() > now ? known.session : 'expired';
    }
    this.#good.delete(token);
    const session = await this.#tokens.verify(token);
    if (typeof session === 'object') this.#remember(token, session, now + REMEMBERED_MS);
    return session;
  }

  #remember(token: string, session: Session, until: number): void {
    const [oldest] = this.#good.keys();
    if (this.#good.size >= REMEMBERED_TOKENS && oldest !== undefined) this.#good.delete(oldest);
    this.#good.set(token, { session, until });
  }
}
