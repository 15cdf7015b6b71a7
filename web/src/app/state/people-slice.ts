import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Profile } from '../../../../core/contract/users.ts';
import { userLeft } from './session-slice.ts';

export interface PeopleState {
  readonly byId: Readonly<Record<string, Profile>>;
}

const initialState: PeopleState = { byId: {} };

const slice = createSlice({
  name: 'people',
  initialState,
  reducers: {
    peopleLearned: (state, action: PayloadAction<readonly Profile[]>) => {
      for (const { userId, firstName, lastName, avatar } of action.payload) {
        // The service falls back to the user id while it can not reach the profile.
        if (state.byId[userId] && firstName === userId && lastName === '') continue;
        state.byId[userId] = { userId, firstName, lastName, ...(avatar === undefined ? {} : { avatar }) };
      }
    },
  },
  extraReducers: (builder) => {
    builder.addCase(userLeft, () => initialState);
  },
});

export const { peopleLearned } = slice.actions;
export const peopleReducer = slice.reducer;
