import type { AppThunk } from './app-thunk.ts';
import { selectMembers } from './members-selectors.ts';
import { membersReceived } from './members-slice.ts';
import { peopleLearned } from './people-slice.ts';

/** Reads the first page of a channel's members. Rejects with `ApiError`. */
export function loadMembers(channelId: string): AppThunk<Promise<void>> {
  return (dispatch) => dispatch(readMembers(channelId, undefined));
}

/** Reads the next page, if there is one. Rejects with `ApiError`. */
export function loadMoreMembers(channelId: string): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const next = selectMembers(getState(), channelId)?.next;
    if (next !== undefined) await dispatch(readMembers(channelId, next));
  };
}

function readMembers(channelId: string, after: string | undefined): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { call }) => {
    const { members, next } = await call('list-members', { params: { channelId }, query: { after } });
    dispatch(peopleLearned(members));
    dispatch(membersReceived({ channelId, after, userIds: members.map(({ userId }) => userId), next }));
  };
}
