import type {
  ChangePasswordBody,
  SignInBody,
  SignUpBody,
  UpdateProfileBody,
} from '../../../../core/contract/users.ts';
import type { AppThunk } from './app-thunk.ts';
import { selectUnsentCount } from './outbox-selectors.ts';
import { peopleLearned } from './people-slice.ts';

/** Signs up and in. Rejects with `ApiError`, naming the fields that are not right. */
export function signUp(body: SignUpBody): AppThunk<Promise<void>> {
  return async (_dispatch, _getState, { session }) => {
    await session.signUp(body);
  };
}

/** Rejects with `ApiError`: `invalid_credentials`, `too_many_requests`, … */
export function signIn(body: SignInBody): AppThunk<Promise<void>> {
  return async (_dispatch, _getState, { session }) => {
    await session.signIn(body);
  };
}

/**
 * Signs out and wipes what this browser kept of the user. With messages that are not sent yet, `ask` does nothing,
 * `keep` leaves them and the drafts in this browser until the same user signs in again, and `discard` loses them.
 */
export function signOut(
  unsent: 'ask' | 'keep' | 'discard',
): AppThunk<Promise<'signed-out' | 'unsent-messages'>> {
  return async (_dispatch, getState, { session }) => {
    if (unsent === 'ask' && selectUnsentCount(getState()) > 0) return 'unsent-messages';
    await session.signOut(unsent === 'keep' ? 'cached' : 'everything');
    return 'signed-out';
  };
}

/** Rejects with `ApiError`, naming the fields that are not right. */
export function updateProfile(body: UpdateProfileBody): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { call, session }) => {
    const profile = await call('update-own-profile', { body });
    session.profileChanged(profile);
    dispatch(peopleLearned([profile]));
  };
}

/** Signs out everywhere else. Rejects with `ApiError`: `wrong_password`, … */
export function changePassword(body: ChangePasswordBody): AppThunk<Promise<void>> {
  return async (_dispatch, _getState, { call }) => {
    await call('change-own-password', { body });
  };
}
