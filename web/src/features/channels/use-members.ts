import { useCallback, useEffect, useState } from 'react';
import type { Profile } from '../../../../core/contract/users.ts';
import { listMembers } from '../../app/state/conversations-thunks.ts';
import { useAppDispatch } from '../../app/store.ts';
import { describeError } from '../../lib/api/api-error.ts';

export interface Members {
  readonly members: readonly Profile[];
  readonly loading: boolean;
  readonly error: string | undefined;
  /** There are more; absent when all are here. */
  readonly loadMore: (() => void) | undefined;
  readonly reload: () => void;
}

/** A channel's members, page by page in order of user id. */
export function useMembers(channelId: string): Members {
  const dispatch = useAppDispatch();
  const [pages, setPages] = useState<{ members: readonly Profile[]; next: string | undefined }>();
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<string>();

  const load = useCallback(
    async (after: string | undefined, isWanted: () => boolean) => {
      setLoading(true);
      setError(undefined);
      try {
        const page = await dispatch(listMembers(channelId, after));
        if (!isWanted()) return;
        setPages((known) => ({
          members: after === undefined ? page.members : [...(known?.members ?? []), ...page.members],
          next: page.next,
        }));
      } catch (failure) {
        if (isWanted()) setError(describeError(failure));
      } finally {
        if (isWanted()) setLoading(false);
      }
    },
    [dispatch, channelId],
  );

  useEffect(() => {
    let wanted = true;
    setPages(undefined);
    void load(undefined, () => wanted);
    return () => {
      wanted = false;
    };
  }, [load]);

  const next = pages?.next;
  return {
    members: pages?.members ?? [],
    loading,
    error,
    loadMore: next === undefined ? undefined : () => void load(next, () => true),
    reload: () => void load(undefined, () => true),
  };
}
