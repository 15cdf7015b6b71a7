import { describe, expect, it } from 'vitest';
import { ROUTES, type RouteDeclaration } from '../../../core/contract/routes.ts';
import { InstanceRateLimiter } from '../../../lambdas/adapters/identity/instance-rate-limiter.ts';
import { SharedRateLimiter } from '../../../lambdas/adapters/identity/shared-rate-limiter.ts';
import type { RateLimiter } from '../../../lambdas/application/ports/rate-limiter.ts';
import { StoreRefusalError } from '../../../lambdas/application/ports/store-errors.ts';
import { breakable } from '../../support/doubles/outage.ts';
import { describeRateLimiter } from '../../support/ports/rate-limiter-suite.ts';

const limit = { count: 3, seconds: 60 };
const takeMany = async (limiter: RateLimiter, uses: number) => {
  const waits: (number | undefined)[] = [];
  for (let use = 0; use < uses; use += 1) waits.push(await limiter.take('key', limit));
  return waits;
};

describeRateLimiter(
  'shared',
  (now) => new SharedRateLimiter(new InstanceRateLimiter(now), new InstanceRateLimiter(now)),
);

describe('a limit that instances share', () => {
  it('holds over all of them', async () => {
    const shared = new InstanceRateLimiter();
    const [one, other] = [1, 2].map(() => new SharedRateLimiter(new InstanceRateLimiter(), shared));
    expect(await takeMany(one!, 2)).toEqual([undefined, undefined]);
    expect(await takeMany(other!, 2)).toEqual([undefined, 60]);
  });

  it('holds for each instance while the shared count is away', async () => {
    const shared = breakable(new InstanceRateLimiter(), 'dynamodb');
    const limiter = new SharedRateLimiter(new InstanceRateLimiter(), shared.port);
    await takeMany(limiter, 1);
    shared.setAway(true);
    expect(await takeMany(limiter, 3)).toEqual([undefined, undefined, 60]);
  });

  it('does not wait for a shared count that does not answer', async () => {
    const silent: RateLimiter = { take: () => new Promise(() => undefined) };
    const limiter = new SharedRateLimiter(new InstanceRateLimiter(), silent);
    const startedAt = performance.now();
    expect(await takeMany(limiter, 4)).toEqual([undefined, undefined, undefined, 60]);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('does not ask it again for a caller that this instance refuses anyway', async () => {
    const shared = breakable(new InstanceRateLimiter(), 'dynamodb');
    await takeMany(new SharedRateLimiter(new InstanceRateLimiter(), shared.port), 10);
    expect(shared.calls).toHaveLength(3);
  });

  it('a table that is not there is an error, not an open door', async () => {
    const refusing: RateLimiter = {
      take: async () => Promise.reject(new StoreRefusalError('dynamodb', undefined)),
    };
    await expect(takeMany(new SharedRateLimiter(new InstanceRateLimiter(), refusing), 1)).rejects.toThrow();
  });
});

describe('an instance’s own count', () => {
  it('does not grow with the number of callers', async () => {
    let now = 0;
    const limiter = new InstanceRateLimiter(() => now);
    await takeMany(limiter, 3);
    for (let caller = 0; caller < 10_000; caller += 1) await limiter.take(`caller ${caller}`, limit);
    // The oldest was forgotten for the newest.
    expect(await limiter.take('key', limit)).toBeUndefined();
    now = 1;
    expect(await limiter.take('caller 9999', limit)).toBeUndefined();
  });
});

describe('the declared limits', () => {
  it('guard everything that takes a password', () => {
    const routes: Record<string, RouteDeclaration> = ROUTES;
    for (const name of ['sign-up', 'sign-in', 'change-own-password'])
      expect(routes[name]?.rateLimits, name).toBeDefined();
    expect(routes['sign-in']?.rateLimits?.map(({ per }) => per)).toContain('login');
  });
});
