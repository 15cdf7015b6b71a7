import type { RateLimit } from '../../core/contract/routes.ts';
import { DynamoRateLimiter } from '../adapters/dynamodb/rate-limiter.ts';
import { InstanceRateLimiter } from '../adapters/identity/instance-rate-limiter.ts';
import { SharedRateLimiter } from '../adapters/identity/shared-rate-limiter.ts';
import type { RateLimiter } from '../application/ports/rate-limiter.ts';
import { dynamodb } from './dynamodb.ts';
import { once } from './once.ts';

/** Requests a second from which on a limit is against floods, not against guessing. */
const FLOOD_RATE = 10;

const instanceRateLimiter = once(() => new InstanceRateLimiter());

const sharedRateLimiter = once(() => {
  const { client, tableName } = dynamodb();
  return new SharedRateLimiter(instanceRateLimiter(), new DynamoRateLimiter(client, tableName('rateLimits')));
});

/**
 * Who counts for a limit. Limits that allow many requests a second (posting) are counted by each function instance for
 * itself: a shared count would cost a write for each request, and a caller who gets a multiple of such a limit by meeting
 * several instances does no harm. All others are shared by all instances.
 */
export function rateLimiterFor({ count, seconds }: RateLimit): RateLimiter {
  return count / seconds >= FLOOD_RATE ? instanceRateLimiter() : sharedRateLimiter();
}
