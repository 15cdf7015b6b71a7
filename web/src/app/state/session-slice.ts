import { createAction, createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { OwnProfile } from '../../../../core/contract/users.ts';

/** Why nobody is signed in any more; null: nobody was. */
export type SignedOutReason = 'signed-out' | 'expired' | 'revoked' | 'signed-out-elsewhere';

export interface SessionState {
  /**
   * `starting`: who is signed in is being asked. `unreachable`: nobody answered, and it is being asked again.
   */
  readonly status: 'starting' | 'unreachable' | 'signed-in' | 'signed-out';
  readonly user: OwnProfile | null;
  readonly signedOutReason: SignedOutReason | null;
}

const initialState = { status: 'starting', user: null, signedOutReason: null } as SessionState;

/** The user has gone: every slice lets go of what it held for that user. */
export const userLeft = createAction('session/userLeft');

const slice = createSlice({
  name: 'session',
  initialState,
  reducers: {
    sessionUnreachable: (state): SessionState => ({ ...state, status: 'unreachable' }),
    signedIn: (_, action: PayloadAction<OwnProfile>): SessionState => ({
      status: 'signed-in',
      user: action.payload,
      signedOutReason: null,
    }),
    ownProfileChanged: (state, action: PayloadAction<OwnProfile>) => {
      if (state.user?.userId === action.payload.userId) state.user = action.payload;
    },
    sessionRefreshed: (state, action: PayloadAction<{ sessionExpiresAt: string }>) => {
      if (state.user) state.user.sessionExpiresAt = action.payload.sessionExpiresAt;
    },
    signedOut: (_, action: PayloadAction<SignedOutReason | null>): SessionState => ({
      status: 'signed-out',
      user: null,
      signedOutReason: action.payload,
    }),
  },
});

export const { sessionUnreachable, signedIn, ownProfileChanged, sessionRefreshed, signedOut } = slice.actions;
export const sessionReducer = slice.reducer;
