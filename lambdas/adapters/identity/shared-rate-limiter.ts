import type { RateLimit } from '../../../core/contract/routes.ts';
import type { RateLimiter } from '../../application/ports/rate-limiter.ts';
import { StoreUnavailableError } from '../../application/ports/store-errors.ts';

/** A request waits so long for the shared count; the count itself is then still made. */
const PATIENCE_MS = 100;

/**
 * Counts in this instance and in the count that all instances share. The instance's own count refuses without asking
 * further, and is what remains while the shared one is slow or away: a limit then holds for each instance, never for none.
 */
export class SharedRateLimiter implements RateLimiter {
  readonly #own: RateLimiter;
  readonly #shared: RateLimiter;

  constructor(own: RateLimiter, shared: RateLimiter) {
    this.#own = own;
    this.#shared = shared;
  }

  async take(key: string, limit: Pick<RateLimit, 'count' | 'seconds'>): Promise<number | undefined> {
    const refused = await this.#own.take(key, limit);
    if (refused !== undefined) return refused;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, undefined);
    });
    try {
      return await Promise.race([this.#take(key, limit), patience]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #take(key: string, limit: Pick<RateLimit, 'count' | 'seconds'>): Promise<number | undefined> {
    try {
      return await this.#shared.take(key, limit);
    } catch (error) {
      if (error instanceof StoreUnavailableError) return undefined;
      throw error;
    }
  }
}
