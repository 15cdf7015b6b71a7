import { createSlice, current, type Draft, type PayloadAction } from '@reduxjs/toolkit';
import type { HistoryResponse, Message } from '../../../../core/contract/messages.ts';
import type { MessageEdit } from '../../../../core/domain/message-edit.ts';
import {
  distrusted,
  EMPTY_TIMELINE,
  type PageRequest,
  stored,
  type Timeline,
  trimmed,
  withAnnouncement,
  withEdits,
  withLiveMessages,
  withPage,
} from '../../lib/timeline/timeline.ts';
import { userLeft } from './session-slice.ts';

/**
 * What a request for history is for: the newest page, an older one, a gap (by the `before` of the gap), or what live
 * updates brought, to see that nothing is missing.
 */
export type LoadingPart = 'newest' | 'older' | 'check' | `gap ${string}`;

export interface HeldTimeline {
  readonly timeline: Timeline;
  readonly loading: readonly LoadingPart[];
  /** The newest page was read, or comes from the browser's cache. */
  readonly loaded: boolean;
  /** Something may have been missed since the newest page was asked for: read it again when it is opened. */
  readonly stale: boolean;
  /** Also what was read before may have changed since: from the next newest page on all that is held is read again. */
  readonly outdated: boolean;
  readonly failed: null | 'history' | 'not-found';
  readonly olderFailed: boolean;
  /** Counts up with each use; the smallest is let go first. */
  readonly usedAt: number;
}

export interface MessagesState {
  readonly byConversation: Readonly<Record<string, HeldTimeline>>;
  readonly uses: number;
}

const initialState: MessagesState = { byConversation: {}, uses: 0 };

const NEW_TIMELINE: HeldTimeline = {
  timeline: EMPTY_TIMELINE,
  loading: [],
  loaded: false,
  stale: true,
  outdated: false,
  failed: null,
  olderFailed: false,
  usedAt: 0,
};

/** Timelines are long and replaced as a whole, so drafts of their insides are never made. */
function update(
  state: Draft<MessagesState>,
  id: string,
  change: (held: HeldTimeline) => Partial<HeldTimeline>,
): MessagesState {
  const plain: MessagesState = current(state);
  const held = plain.byConversation[id] ?? NEW_TIMELINE;
  return { ...plain, byConversation: { ...plain.byConversation, [id]: { ...held, ...change(held) } } };
}

const slice = createSlice({
  name: 'messages',
  initialState,
  reducers: {
    timelineRestored: (state, action: PayloadAction<{ conversationId: string; timeline: Timeline }>) =>
      update(state, action.payload.conversationId, (held) =>
        held.loaded
          ? {}
          : { timeline: joined(action.payload.timeline, held.timeline), loaded: true, outdated: true },
      ),
    messagesArrived: (
      state,
      action: PayloadAction<{ conversationId: string; messages: readonly Message[] }>,
    ) =>
      update(state, action.payload.conversationId, ({ timeline }) => ({
        timeline: withLiveMessages(timeline, action.payload.messages),
      })),
    /** Edits that were heard live; a conversation of which nothing is held is not kept for them. */
    messagesEdited: (
      state,
      action: PayloadAction<{ conversationId: string; edits: readonly MessageEdit[] }>,
    ) => {
      const { conversationId, edits } = action.payload;
      if (!state.byConversation[conversationId]) return state;
      return update(state, conversationId, ({ timeline }) => ({ timeline: withEdits(timeline, edits) }));
    },
    storedAnnounced: (state, action: PayloadAction<{ conversationId: string; through: string }>) =>
      update(state, action.payload.conversationId, ({ timeline }) => ({
        timeline: withAnnouncement(timeline, action.payload.through),
      })),
    pageAsked: (state, action: PayloadAction<{ conversationId: string; part: LoadingPart }>) =>
      update(state, action.payload.conversationId, ({ loading }) => ({
        loading: [...loading.filter((part) => part !== action.payload.part), action.payload.part],
        // Its answer says nothing of what is missed while it is under way: who misses something marks it again.
        ...(action.payload.part === 'newest' ? { stale: false } : {}),
      })),
    pageReceived: (
      state,
      action: PayloadAction<{
        conversationId: string;
        part: LoadingPart;
        request: PageRequest;
        page: HistoryResponse;
      }>,
    ) => {
      const { conversationId, part, request, page } = action.payload;
      return update(state, conversationId, (held) => ({
        ...withNews(held, part, request, page),
        loading: held.loading.filter((other) => other !== part),
        failed: null,
        olderFailed: part === 'older' ? false : held.olderFailed,
        loaded: part === 'newest' || held.loaded,
      }));
    },
    pageFailed: (
      state,
      action: PayloadAction<{ conversationId: string; part: LoadingPart; failed: HeldTimeline['failed'] }>,
    ) => {
      const { conversationId, part, failed } = action.payload;
      return update(state, conversationId, (held) => ({
        loading: held.loading.filter((other) => other !== part),
        ...(part === 'newest' ? { failed, stale: true } : {}),
        olderFailed: part === 'older' || held.olderFailed,
      }));
    },
    timelineUsed: (state, action: PayloadAction<string>) => {
      const uses = state.uses + 1;
      return { ...update(state, action.payload, () => ({ usedAt: uses })), uses };
    },
    /** Live updates were away: nothing held can be taken for complete any more. */
    timelinesStale: (state) => {
      for (const held of Object.values(state.byConversation)) held.stale = true;
    },
    timelineStale: (state, action: PayloadAction<string>) =>
      update(state, action.payload, () => ({ stale: true })),
    /** So it is with everything that is held: what was edited meanwhile nobody said. */
    timelinesOutdated: (state) => {
      for (const held of Object.values(state.byConversation))
        Object.assign(held, { stale: true, outdated: true });
    },
    timelineOutdated: (state, action: PayloadAction<string>) =>
      update(state, action.payload, () => ({ stale: true, outdated: true })),
    timelineTrimmed: (state, action: PayloadAction<{ conversationId: string; keep: number }>) =>
      update(state, action.payload.conversationId, ({ timeline }) => ({
        timeline: trimmed(timeline, action.payload.keep),
      })),
    timelinesDropped: (state, action: PayloadAction<readonly string[]>) => {
      for (const id of action.payload) delete state.byConversation[id];
    },
  },
  extraReducers: (builder) => {
    builder.addCase(userLeft, () => initialState);
  },
});

/**
 * What a page makes of what is held. The newest page of an outdated timeline is all that is known for certain, and the gap
 * below it is read anew; until then what is held stays on the screen.
 */
function withNews(
  held: HeldTimeline,
  part: LoadingPart,
  request: PageRequest,
  page: HistoryResponse,
): Pick<HeldTimeline, 'timeline' | 'outdated'> {
  const begins = held.outdated && part === 'newest' && !held.stale;
  const timeline = begins ? distrusted(held.timeline) : held.timeline;
  return { timeline: withPage(timeline, request, page), outdated: held.outdated && !begins };
}

/** The cached timeline with what was heard live before it was read from disk. */
function joined(cached: Timeline, live: Timeline): Timeline {
  // One that an earlier version of the page kept has no edits.
  const whole = { ...EMPTY_TIMELINE, ...cached };
  return withAnnouncement(withEdits(withLiveMessages(whole, live.messages), live.edits), stored(live));
}

export const {
  timelineRestored,
  messagesArrived,
  messagesEdited,
  storedAnnounced,
  pageAsked,
  pageReceived,
  pageFailed,
  timelineUsed,
  timelinesStale,
  timelineStale,
  timelinesOutdated,
  timelineOutdated,
  timelineTrimmed,
  timelinesDropped,
} = slice.actions;
export const messagesReducer = slice.reducer;
