import { createSelector } from '@reduxjs/toolkit';
import { hasOlder } from '../../lib/timeline/timeline.ts';
import { type TimelineEntry, timelineEntries } from '../../lib/timeline/timeline-entries.ts';
import type { HeldTimeline } from './messages-slice.ts';
import { selectOutboxOf } from './outbox-selectors.ts';
import type { RootState } from './root-reducer.ts';
import { selectOwnUserId } from './session-selectors.ts';

export interface TimelineStatus {
  /** There is something to show, be it emptiness. */
  readonly loaded: boolean;
  readonly loading: boolean;
  readonly loadingOlder: boolean;
  /** The last older page could not be read; asking again is up to the reader. */
  readonly olderFailed: boolean;
  readonly hasOlder: boolean;
  /** `history`: it is away for a moment and being asked for again. */
  readonly failed: null | 'history' | 'not-found';
}

const NOTHING: TimelineStatus = {
  loaded: false,
  loading: false,
  loadingOlder: false,
  olderFailed: false,
  hasOlder: false,
  failed: null,
};

const selectHeld = (state: RootState, id: string): HeldTimeline | undefined =>
  state.messages.byConversation[id];

/** What to show of a conversation, oldest first, with the messages on their way at their place. */
export const selectTimeline = createSelector(
  [selectHeld, selectOutboxOf, selectOwnUserId],
  (held, outbox, ownId): readonly TimelineEntry[] =>
    timelineEntries(held?.timeline, outbox, ownId, held?.loading ?? []),
);

export const selectTimelineStatus = createSelector([selectHeld], (held): TimelineStatus => {
  if (!held) return NOTHING;
  return {
    loaded: held.loaded || held.timeline.messages.length > 0,
    loading: held.loading.includes('newest'),
    loadingOlder: held.loading.includes('older'),
    olderFailed: held.olderFailed,
    hasOlder: hasOlder(held.timeline),
    failed: held.failed,
  };
});
