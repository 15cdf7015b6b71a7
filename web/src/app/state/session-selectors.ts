import type { OwnProfile } from '../../../../core/contract/users.ts';
import type { RootState } from './root-reducer.ts';
import type { SessionState } from './session-slice.ts';

export const selectSession = (state: RootState): SessionState => state.session;
export const selectOwnUser = (state: RootState): OwnProfile | null => state.session.user;
/** The signed-in user's id; null while nobody is. */
export const selectOwnUserId = (state: RootState): string | null => state.session.user?.userId ?? null;
