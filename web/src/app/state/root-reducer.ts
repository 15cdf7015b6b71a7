import { combineReducers } from '@reduxjs/toolkit';
import { connectionReducer } from './connection-slice.ts';
import { conversationsReducer } from './conversations-slice.ts';
import { draftsReducer } from './drafts-slice.ts';
import { membersReducer } from './members-slice.ts';
import { messagesReducer } from './messages-slice.ts';
import { outboxReducer } from './outbox-slice.ts';
import { peopleReducer } from './people-slice.ts';
import { preferencesReducer } from './preferences-slice.ts';
import { sessionReducer } from './session-slice.ts';

export const rootReducer = combineReducers({
  session: sessionReducer,
  conversations: conversationsReducer,
  members: membersReducer,
  messages: messagesReducer,
  outbox: outboxReducer,
  people: peopleReducer,
  connection: connectionReducer,
  drafts: draftsReducer,
  preferences: preferencesReducer,
});

export type RootState = ReturnType<typeof rootReducer>;
