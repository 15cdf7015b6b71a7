import { BODY_MAX_BYTES } from '../../core/contract/limits.ts';
import type { RateLimit, RouteDeclaration, RouteName } from '../../core/contract/routes.ts';
import { Problem } from '../application/ports/problem.ts';
import { addressLimitFactor } from '../runtime/environment.ts';
import { rateLimiterFor } from '../runtime/rate-limits.ts';
import type { HttpEvent, HttpMiddleware } from './http-event.ts';
import { networkOf, viewerAddressOf } from './viewer-address.ts';

/** Refuses what exceeds the route's declared limits, before anything else of the request is looked at. */
export function rateLimit(name: RouteName, route: RouteDeclaration): HttpMiddleware {
  const limits = (route.rateLimits ?? []).map(raisedByAddress);
  return {
    before: async ({ event }) => {
      const waits = await Promise.all(limits.map((limit) => secondsToWait(name, limit, event)));
      const retryAfter = Math.max(0, ...waits.map((wait) => wait ?? 0));
      if (retryAfter > 0) throw new Problem('too_many_requests', { retryAfter });
    },
  };
}

function raisedByAddress(limit: RateLimit): RateLimit {
  return limit.per === 'address' ? { ...limit, count: limit.count * addressLimitFactor() } : limit;
}

async function secondsToWait(
  name: RouteName,
  limit: RateLimit,
  event: HttpEvent,
): Promise<number | undefined> {
  const caller = callerOf(event, limit.per);
  return caller === undefined
    ? undefined
    : rateLimiterFor(limit).take(`${name} ${limit.per} ${caller}`, limit);
}

/** Undefined: nothing to count by, and the request will be refused for that. */
function callerOf(event: HttpEvent, per: RateLimit['per']): string | undefined {
  switch (per) {
    case 'user':
      return event.pingMe?.session?.userId;
    case 'address':
      return networkOf(viewerAddressOf(event));
    case 'login':
      return loginIn(event);
  }
}

/** The login as sign-in will look it up, from a body that nobody has checked yet. */
function loginIn({ body = '', isBase64Encoded }: HttpEvent): string | undefined {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > BODY_MAX_BYTES) return undefined;
  try {
    const { login } = JSON.parse(bytes.toString('utf8'));
    return typeof login === 'string' ? login.trim().toLowerCase() : undefined;
  } catch {
    return undefined;
  }
}
