import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { OutboxEntry } from '../../lib/timeline/outbox-entry.ts';
import { userLeft } from './session-slice.ts';

export interface OutboxSliceState {
  readonly byNonce: Readonly<Record<string, OutboxEntry>>;
}

const initialState: OutboxSliceState = { byNonce: {} };

/** What this tab knows of the user's outbox; the truth is in the user's database, shared by all tabs. */
const slice = createSlice({
  name: 'outbox',
  initialState,
  reducers: {
    outboxLoaded: (_, action: PayloadAction<readonly OutboxEntry[]>) => ({
      byNonce: Object.fromEntries(action.payload.map((entry) => [entry.nonce, entry])),
    }),
    outboxEntryChanged: (state, action: PayloadAction<OutboxEntry>) => {
      state.byNonce[action.payload.nonce] = action.payload;
    },
    outboxEntriesRemoved: (state, action: PayloadAction<readonly string[]>) => {
      for (const nonce of action.payload) delete state.byNonce[nonce];
    },
  },
  extraReducers: (builder) => {
    builder.addCase(userLeft, () => initialState);
  },
});

export const { outboxLoaded, outboxEntryChanged, outboxEntriesRemoved } = slice.actions;
export const outboxReducer = slice.reducer;
