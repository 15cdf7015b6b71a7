import type { RouteDeclaration } from '../../core/contract/routes.ts';
import { COOKIES } from '../../core/contract/security-headers.ts';
import { Problem } from '../application/ports/problem.ts';
import type { Session } from '../application/ports/session-tokens.ts';
import { sessionTokens } from '../runtime/session-tokens.ts';
import { cookiesOf, parseCookies } from './cookies.ts';
import type { HttpMiddleware } from './http-event.ts';

/** Who the cookies say is asking; `none` for no token or one that is not ours. */
export async function sessionIn(cookies: readonly string[]): Promise<Session | 'expired' | 'none'> {
  const token = parseCookies(cookies)[COOKIES.session.name];
  if (token === undefined || token === '') return 'none';
  const session = await sessionTokens().verify(token);
  return session === 'invalid' ? 'none' : session;
}

/** Leaves the session on the event; without a valid one only public routes go on. */
export function session(route: RouteDeclaration): HttpMiddleware {
  return {
    before: async ({ event }) => {
      const found = await sessionIn(cookiesOf(event));
      if (typeof found === 'object') event.pingMe = { ...event.pingMe, session: found };
      else if (!route.public) throw new Problem(found === 'expired' ? 'session_expired' : 'session_required');
    },
  };
}
