import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RateLimiter } from '../../../lambdas/application/ports/rate-limiter.ts';

/** What RateLimiter promises, wherever it counts. */
export function describeRateLimiter(name: string, open: (now: () => number) => RateLimiter): void {
  describe(`${name}: rate limiter`, () => {
    const limit = { count: 3, seconds: 60 };

    it('allows so many, says when the next is allowed, and begins anew then', async () => {
      let now = 1_800_000_000_000;
      const limiter = open(() => now);
      const key = randomUUID();
      for (let use = 0; use < 3; use += 1) {
        expect(await limiter.take(key, limit)).toBeUndefined();
        now += 1_000;
      }
      expect(await limiter.take(key, limit)).toBe(57);
      now += 56_999;
      expect(await limiter.take(key, limit)).toBe(1);
      now += 1;
      expect(await limiter.take(key, limit)).toBeUndefined();
    });

    it('counts each key by itself', async () => {
      const limiter = open(() => 1_800_000_000_000);
      const [one, other] = [randomUUID(), randomUUID()];
      for (let use = 0; use < 4; use += 1) await limiter.take(one, limit);
      expect(await limiter.take(other, limit)).toBeUndefined();
    });

    it('lets no more through where many come at once', async () => {
      const limiter = open(() => 1_800_000_000_000);
      const key = randomUUID();
      const waits = await Promise.all(Array.from({ length: 10 }, () => limiter.take(key, limit)));
      expect(waits.filter((wait) => wait === undefined)).toHaveLength(3);
    });
  });
}
