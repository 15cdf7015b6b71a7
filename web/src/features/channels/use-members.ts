import { useCallback, useEffect, useState } from 'react';
import { selectMembers } from '../../app/state/members-selectors.ts';
import type { ChannelMembers } from '../../app/state/members-slice.ts';
import { loadMembers, loadMoreMembers } from '../../app/state/members-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { describeError } from '../../lib/api/api-error.ts';

export interface Members {
  readonly userIds: readonly string[];
  /** "8 members", "100+ members"; absent until it is known. */
  readonly count: string | undefined;
  readonly loading: boolean;
  readonly error: string | undefined;
  /** Absent when all are here. */
  readonly loadMore: (() => void) | undefined;
  readonly reload: () => void;
}

/** A channel's members, read once and followed from then on. */
export function useMembers(channelId: string): Members {
  const dispatch = useAppDispatch();
  const known = useAppSelector((state) => selectMembers(state, channelId));
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<string>();

  const run = useCallback(async (work: () => Promise<void>) => {
    setLoading(true);
    setError(undefined);
    try {
      await work();
    } catch (failure) {
      setError(describeError(failure));
    } finally {
      setLoading(false);
    }
  }, []);

  const missing = known === undefined;
  useEffect(() => {
    if (missing) void run(() => dispatch(loadMembers(channelId)));
  }, [dispatch, run, channelId, missing]);

  return {
    userIds: known?.userIds ?? [],
    count: known && countOf(known),
    loading,
    error,
    loadMore:
      known?.next === undefined ? undefined : () => void run(() => dispatch(loadMoreMembers(channelId))),
    reload: () => void run(() => dispatch(loadMembers(channelId))),
  };
}

function countOf({ userIds, next }: ChannelMembers): string {
  if (userIds.length === 1 && next === undefined) return '1 member';
  return `${userIds.length}${next === undefined ? '' : '+'} members`;
}
