import type { RateLimit } from '../../../core/contract/routes.ts';

/** Counts uses within windows; a window begins with its first use. */
export interface RateLimiter {
  /**
   * Counts one use of `key`, allowed or not. Undefined: it is allowed; else in how many seconds one is allowed again.
   *
   * @throws {StoreUnavailableError} if the count can't be reached
   */
  take(key: string, limit: Pick<RateLimit, 'count' | 'seconds'>): Promise<number | undefined>;
}
