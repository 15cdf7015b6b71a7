import type { RouteDeclaration } from '../../core/contract/routes.ts';
import { FORWARDED_HOST_HEADER } from '../../core/contract/security-headers.ts';
import { Problem } from '../application/ports/problem.ts';
import type { HttpMiddleware } from './http-event.ts';

/**
 * Whether a browser's `Origin` is the host it asked. Requests without one are no browser's cross-site requests: browsers
 * send it with every request that changes something.
 */
export function isSameOrigin(headers: Readonly<Record<string, string | undefined>>): boolean {
  if (headers.origin === undefined) return true;
  const host = headers[FORWARDED_HOST_HEADER] ?? headers.host;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === host;
}

/** Refuses other sites' requests that would change something, on top of SameSite=Strict cookies. */
export function sameOrigin(route: RouteDeclaration): HttpMiddleware {
  return {
    before: ({ event }) => {
      if (route.method !== 'GET' && !isSameOrigin(event.headers)) throw new Problem('origin_refused');
    },
  };
}
