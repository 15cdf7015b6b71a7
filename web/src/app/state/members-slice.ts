import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { channelConversationId } from '../../../../core/domain/conversation.ts';
import { userLeft } from './session-slice.ts';

export interface ChannelMembers {
  /** Ascending. */
  readonly userIds: string[];
  /** There are more; give it as `after` for the next page. */
  readonly next?: string | undefined;
}

export interface MembersState {
  readonly byConversation: Readonly<Record<string, ChannelMembers>>;
}

const initialState: MembersState = { byConversation: {} };

/** Members of the channels whose members somebody asked for. */
const slice = createSlice({
  name: 'members',
  initialState,
  reducers: {
    /** `after`: where the page begins; the first page replaces what was known. */
    membersReceived: (
      state,
      action: PayloadAction<{
        channelId: string;
        after: string | undefined;
        userIds: readonly string[];
        next: string | undefined;
      }>,
    ) => {
      const { channelId, after, userIds, next } = action.payload;
      const id = channelConversationId(channelId);
      const known = after === undefined ? [] : (state.byConversation[id]?.userIds ?? []);
      state.byConversation[id] = { userIds: [...new Set([...known, ...userIds])].sort(), next };
    },
    memberMoved: (
      state,
      action: PayloadAction<{ conversationId: string; userId: string; change: 'joined' | 'left' }>,
    ) => {
      const { conversationId, userId, change } = action.payload;
      const members = state.byConversation[conversationId];
      if (!members) return;
      const others = members.userIds.filter((id) => id !== userId);
      // One who comes after the pages that were read is read with its own page.
      const isRead = members.next === undefined || userId <= members.next;
      members.userIds = change === 'joined' && isRead ? [...others, userId].sort() : others;
    },
    /** Comings and goings were missed: whoever shows members reads them again. */
    membersOutdated: () => initialState,
  },
  extraReducers: (builder) => {
    builder.addCase(userLeft, () => initialState);
  },
});

export const { membersReceived, memberMoved, membersOutdated } = slice.actions;
export const membersReducer = slice.reducer;
