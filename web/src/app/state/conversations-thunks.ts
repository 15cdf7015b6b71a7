import type { ChannelsResponse, CreateChannelBody } from '../../../../core/contract/conversations.ts';
import { PROBLEMS } from '../../../../core/contract/problems.ts';
import { directConversationId } from '../../../../core/domain/conversation.ts';
import { ApiError } from '../../lib/api/api-error.ts';
import type { AppThunk } from './app-thunk.ts';
import { selectConversation, selectOpenConversationId } from './conversations-selectors.ts';
import {
  channelFound,
  conversationClosed,
  conversationLeft,
  conversationOpened,
  conversationReceived,
  openingBegan,
} from './conversations-slice.ts';
import { memberMoved } from './members-slice.ts';
import { peopleLearned } from './people-slice.ts';
import { selectOwnUserId } from './session-selectors.ts';

/**
 * Opens the channel of that name, joined or only looked at, and gives its conversation id. Rejects with `ApiError`;
 * `channel_not_found` where there is none.
 */
export function openChannelByName(name: string): AppThunk<Promise<string>> {
  return async (dispatch, getState, { call, user }) => {
    const opening = `#${name}`;
    dispatch(openingBegan(opening));
    await user()?.list.settled();
    const known = Object.values(getState().conversations.byId).find(({ channel }) => channel?.name === name);
    if (known) return dispatch(openConversation(known.conversationId, opening));
    const { channels } = await call('find-channels', { query: { name } });
    const channel = channels[0];
    if (!channel) {
      throw new ApiError({
        kind: 'problem',
        status: 404,
        problem: { code: 'channel_not_found', ...PROBLEMS.channel_not_found },
      });
    }
    dispatch(channelFound(channel));
    return dispatch(openConversation(channel.conversationId, opening));
  };
}

/**
 * Opens the direct message with that user (oneself: the notebook) and gives its conversation id. Rejects with
 * `ApiError`; `user_not_found` where there is nobody.
 */
export function openDirectMessageWith(userId: string): AppThunk<Promise<string>> {
  return async (dispatch, getState, { call, user }) => {
    const opening = `@${userId}`;
    dispatch(openingBegan(opening));
    await user()?.list.settled();
    const ownId = selectOwnUserId(getState());
    const id = ownId === null ? null : directConversationId(ownId, userId);
    if (id !== null && selectConversation(getState(), id)) return dispatch(openConversation(id, opening));
    const summary = await dispatch(
      changeMemberships(
        () => call('open-direct-message', { params: { userId } }),
        (opened) => dispatch(conversationReceived(opened)),
      ),
    );
    if (summary.peer) dispatch(peopleLearned([summary.peer]));
    return dispatch(openConversation(summary.conversationId, opening));
  };
}

/** Opens it, unless something else was asked for since. */
function openConversation(id: string, opening: string): AppThunk<string> {
  return (dispatch, getState, { user }) => {
    if (getState().conversations.opening !== opening) return id;
    const open = selectOpenConversationId(getState());
    if (open !== id) {
      if (open !== null) user()?.history.close(open);
      dispatch(conversationOpened(id));
    }
    user()?.history.open(id);
    return id;
  };
}

/** Nothing is on the screen any more. */
export function closeConversation(): AppThunk {
  return (dispatch, getState, { user }) => {
    const open = selectOpenConversationId(getState());
    if (open === null) return;
    dispatch(conversationClosed());
    user()?.history.close(open);
  };
}

/** Gives the new channel's conversation id. Rejects with `ApiError`: `channel_name_taken`, `validation_failed`, … */
export function createChannel(body: CreateChannelBody): AppThunk<Promise<string>> {
  return async (dispatch, _getState, { call }) => {
    const summary = await call('create-channel', { body });
    dispatch(conversationReceived(summary));
    return summary.conversationId;
  };
}

/** Rejects with `ApiError`. */
export function joinChannel(channelId: string): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { call }) => {
    await dispatch(
      changeMemberships(
        () => call('join-channel', { params: { channelId } }),
        (summary) => {
          dispatch(conversationReceived(summary));
          dispatch(ownMembershipMoved(summary.conversationId, 'joined'));
        },
      ),
    );
  };
}

/** Rejects with `ApiError`: `channel_cannot_be_left`, … */
export function leaveChannel(channelId: string): AppThunk<Promise<void>> {
  return async (dispatch, getState, { call }) => {
    await dispatch(
      changeMemberships(
        () => call('leave-channel', { params: { channelId } }),
        () => {
          const left = Object.values(getState().conversations.byId).find(
            ({ channel }) => channel?.channelId === channelId,
          );
          if (!left) return;
          dispatch(conversationLeft(left.conversationId));
          dispatch(ownMembershipMoved(left.conversationId, 'left'));
        },
      ),
    );
  };
}

/**
 * Makes a call that changes which conversations there are, and applies its answer. By then another device may have changed them
 * once more, heard of here or not; which came last the list knows.
 */
function changeMemberships<T>(call: () => Promise<T>, apply: (answer: T) => void): AppThunk<Promise<T>> {
  return async (_dispatch, _getState, { user }) => {
    const answer = await call();
    apply(answer);
    user()?.list.refreshSoon();
    return answer;
  };
}

function ownMembershipMoved(conversationId: string, change: 'joined' | 'left'): AppThunk {
  return (dispatch, getState) => {
    const userId = selectOwnUserId(getState());
    if (userId !== null) dispatch(memberMoved({ conversationId, userId, change }));
  };
}

/** A page of public channels whose names begin with `query`, in order of name. Rejects with `ApiError`. */
export function findChannels(
  query: { query?: string; after?: string } = {},
): AppThunk<Promise<ChannelsResponse>> {
  return (_dispatch, _getState, { call }) => call('find-channels', { query });
}
