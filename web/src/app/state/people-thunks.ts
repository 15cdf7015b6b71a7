import type { Profile } from '../../../../core/contract/users.ts';
import type { AppThunk } from './app-thunk.ts';
import { peopleLearned } from './people-slice.ts';

/** People whose user id, first or last name begins with `query`. Rejects with `ApiError`. */
export function searchPeople(query: string): AppThunk<Promise<readonly Profile[]>> {
  return async (dispatch, _getState, { call }) => {
    const { users } = await call('search-users', { query: { query } });
    dispatch(peopleLearned(users));
    return users;
  };
}

/** One profile, fresh from the server. Rejects with `ApiError`; `user_not_found` where there is nobody. */
export function readPerson(userId: string): AppThunk<Promise<Profile>> {
  return async (dispatch, _getState, { call }) => {
    const profile = await call('read-user', { params: { userId } });
    dispatch(peopleLearned([profile]));
    return profile;
  };
}
