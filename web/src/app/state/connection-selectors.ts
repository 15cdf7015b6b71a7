import type { DegradedPage } from '../../../../core/contract/degradation.ts';
import type { RootState } from './root-reducer.ts';

export type Banner = DegradedPage['banner'];

/** History is behind the log, as far as the last answers tell. */
export const selectCatchingUp = (state: RootState): boolean =>
  state.connection.catchingUp.list || state.connection.catchingUp.history;

/** The one banner to show; without live updates the other one matters less. */
export function selectBanner(state: RootState): Banner {
  if (state.session.status !== 'signed-in') return null;
  const { socket, awayNoticed, liveLost } = state.connection;
  if (liveLost || (socket !== 'open' && awayNoticed)) return 'reconnecting';
  return selectCatchingUp(state) ? 'history-catching-up' : null;
}

export const selectRequestedPath = (state: RootState): string | null => state.connection.requestedPath;
