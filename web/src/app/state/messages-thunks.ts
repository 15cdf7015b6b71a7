import type { Gap } from '../../lib/timeline/known-ranges.ts';
import type { AppThunk } from './app-thunk.ts';

/** Reads the next older page. Never rejects; the timeline's status says how it stands. */
export function loadOlder(conversationId: string): AppThunk<Promise<void>> {
  return async (_dispatch, _getState, { user }) => user()?.history.older(conversationId);
}

/** Reads on into a gap, from its older end (`towards` newer) or from its newer end (`towards` older). Never rejects. */
export function fillGap(
  conversationId: string,
  gap: Gap,
  towards: 'newer' | 'older',
): AppThunk<Promise<void>> {
  return async (_dispatch, _getState, { user }) => user()?.history.fillGap(conversationId, gap, towards);
}

/** Reads the newest page again. Never rejects. */
export function refreshTimeline(conversationId: string): AppThunk<Promise<void>> {
  return async (_dispatch, _getState, { user }) => user()?.history.newest(conversationId);
}
