import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

/** `unsupported`: this browser has no notifications. */
export type NotificationState = NotificationPermission | 'unsupported';

export interface PreferencesState {
  readonly notifications: NotificationState;
}

const initialState = { notifications: 'unsupported' } as PreferencesState;

/** What belongs to the browser, not to the user: it survives signing out. */
const slice = createSlice({
  name: 'preferences',
  initialState,
  reducers: {
    notificationPermissionLearned: (state, action: PayloadAction<NotificationState>) => {
      state.notifications = action.payload;
    },
  },
});

export const { notificationPermissionLearned } = slice.actions;
export const preferencesReducer = slice.reducer;
