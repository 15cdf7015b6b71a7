import { ROUTES } from '../../../../core/contract/routes.ts';
import { ApiError } from './api-error.ts';
import type { Call } from './route-types.ts';

/** `refused`: the session is over. `unavailable`: nobody could say; later, perhaps. */
export type RefreshOutcome = 'refreshed' | 'refused' | 'unavailable';

export interface Refresher {
  /** Changes with every new session token. */
  readonly token: () => string | null;
  /** Refreshes, unless the token is no longer the one that was `refused`. */
  readonly refresh: (refused: string | null) => Promise<RefreshOutcome>;
}

/** Like `call`, but a 401 refreshes the session, and what was asked is asked once more. */
export function withSession(call: Call, { token, refresh }: Refresher): Call {
  return async (name, ...args) => {
    const used = token();
    try {
      return await call(name, ...args);
    } catch (error) {
      const expired = error instanceof ApiError && error.status === 401;
      if (!expired || ROUTES[name].public) throw error;
      if ((await refresh(used)) !== 'refreshed') throw error;
      return call(name, ...args);
    }
  };
}
