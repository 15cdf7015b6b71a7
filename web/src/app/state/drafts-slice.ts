import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { userLeft } from './session-slice.ts';

export interface DraftsState {
  /** What was typed and not sent, by conversation id. */
  readonly byConversation: Readonly<Record<string, string>>;
}

const initialState: DraftsState = { byConversation: {} };

const slice = createSlice({
  name: 'drafts',
  initialState,
  reducers: {
    draftsLoaded: (_, action: PayloadAction<Record<string, string>>) => ({ byConversation: action.payload }),
    draftChanged: (state, action: PayloadAction<{ conversationId: string; content: string }>) => {
      const { conversationId, content } = action.payload;
      if (content === '') delete state.byConversation[conversationId];
      else state.byConversation[conversationId] = content;
    },
  },
  extraReducers: (builder) => {
    builder.addCase(userLeft, () => initialState);
  },
});

export const { draftsLoaded, draftChanged } = slice.actions;
export const draftsReducer = slice.reducer;
