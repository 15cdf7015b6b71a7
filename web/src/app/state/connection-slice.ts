import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { userLeft } from './session-slice.ts';

/** `away`: waiting for the next try. */
export type SocketStatus = 'away' | 'connecting' | 'open';

export interface ConnectionState {
  readonly socket: SocketStatus;
  /** The socket was open, or has been tried for so long that people should know it is not. */
  readonly awayNoticed: boolean;
  /** The connection is open and brings nothing. */
  readonly liveLost: boolean;
  /** The last answers said so: the conversation list, the open conversation's page, or messages that nobody stored. */
  readonly catchingUp: { readonly list: boolean; readonly history: boolean };
  /** The window is visible and has the focus. */
  readonly attended: boolean;
  /** A place in the page that something outside of it (a notification) asked for. */
  readonly requestedPath: string | null;
}

const initialState = {
  socket: 'connecting',
  awayNoticed: false,
  liveLost: false,
  catchingUp: { list: false, history: false },
  attended: true,
  requestedPath: null,
} as ConnectionState;

const slice = createSlice({
  name: 'connection',
  initialState,
  reducers: {
    socketChanged: (state, action: PayloadAction<SocketStatus>) => {
      state.socket = action.payload;
      if (action.payload === 'open') state.awayNoticed = false;
    },
    awayNoticed: (state) => {
      state.awayNoticed = true;
    },
    liveLost: (state, action: PayloadAction<boolean>) => {
      state.liveLost = action.payload;
    },
    listCatchingUp: (state, action: PayloadAction<boolean>) => {
      state.catchingUp.list = action.payload;
    },
    historyCatchingUp: (state, action: PayloadAction<boolean>) => {
      state.catchingUp.history = action.payload;
    },
    attentionChanged: (state, action: PayloadAction<boolean>) => {
      state.attended = action.payload;
    },
    pathRequested: (state, action: PayloadAction<string>) => {
      state.requestedPath = action.payload;
    },
    requestedPathTaken: (state) => {
      state.requestedPath = null;
    },
  },
  extraReducers: (builder) => {
    builder.addCase(userLeft, (state) => ({ ...initialState, attended: state.attended }));
  },
});

export const {
  socketChanged,
  awayNoticed,
  liveLost,
  listCatchingUp,
  historyCatchingUp,
  attentionChanged,
  pathRequested,
  requestedPathTaken,
} = slice.actions;
export const connectionReducer = slice.reducer;
