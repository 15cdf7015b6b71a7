import { createSelector } from '@reduxjs/toolkit';
import type { OutboxEntry } from '../../lib/timeline/outbox-entry.ts';
import type { RootState } from './root-reducer.ts';

const selectByNonce = (state: RootState) => state.outbox.byNonce;

const NONE: readonly OutboxEntry[] = [];

const selectByConversation = createSelector([selectByNonce], (byNonce) => {
  const inOrder = Object.values(byNonce).sort((a, b) => a.createdAt - b.createdAt);
  const grouped: Record<string, OutboxEntry[]> = {};
  for (const entry of inOrder)
    grouped[entry.conversationId] = [...(grouped[entry.conversationId] ?? []), entry];
  return grouped;
});

/** A conversation's messages on their way, first in first. */
export const selectOutboxOf = (state: RootState, conversationId: string): readonly OutboxEntry[] =>
  selectByConversation(state)[conversationId] ?? NONE;

/** Messages that would be lost if the outbox were wiped now: those that the log has are not among them. */
export const selectUnsentCount = createSelector(
  [selectByNonce],
  (byNonce) => Object.values(byNonce).filter(({ state }) => state !== 'sent').length,
);
