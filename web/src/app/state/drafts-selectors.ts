import type { RootState } from './root-reducer.ts';

/** What was typed in a conversation and not sent; '' for nothing. */
export const selectDraft = (state: RootState, conversationId: string): string =>
  state.drafts.byConversation[conversationId] ?? '';
