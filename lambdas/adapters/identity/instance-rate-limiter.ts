import type { RateLimit } from '../../../core/contract/routes.ts';
import type { RateLimiter } from '../../application/ports/rate-limiter.ts';

/** Keys that are kept at most, so that memory stays flat whoever comes. */
const KEYS_MAX = 10_000;

interface Window {
  readonly end: number;
  uses: number;
}

/** Windows in the memory of this function instance. */
export class InstanceRateLimiter implements RateLimiter {
  readonly #windows = new Map<string, Window>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  async take(
    key: string,
    { count, seconds }: Pick<RateLimit, 'count' | 'seconds'>,
  ): Promise<number | undefined> {
    const now = this.#now();
    const window = this.#windowOf(key, now, seconds);
    if (window.uses >= count) return Math.max(1, Math.ceil((window.end - now) / 1000));
    window.uses += 1;
    return undefined;
  }

  #windowOf(key: string, now: number, seconds: number): Window {
    const found = this.#windows.get(key);
    if (found && found.end > now) return found;
    const begun = { end: now + seconds * 1000, uses: 0 };
    this.#windows.delete(key);
    if (this.#windows.size >= KEYS_MAX) this.#forgetOldest();
    this.#windows.set(key, begun);
    return begun;
  }

  /** A map keeps the order in which its windows began. */
  #forgetOldest(): void {
    for (const key of this.#windows.keys()) {
      this.#windows.delete(key);
      return;
    }
  }
}
