import { useCallback, useEffect, useState } from 'react';
import type { Channel } from '../../../../core/contract/conversations.ts';
import type { Profile } from '../../../../core/contract/users.ts';
import { selectMembershipVersion } from '../../app/state/conversations-selectors.ts';
import { listMembers } from '../../app/state/conversations-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { describeError } from '../../lib/api/api-error.ts';
import { type KnownMembers, useMembersCache } from './members-cache.tsx';

export interface Members {
  readonly members: readonly Profile[];
  /** "8 members", "100+ members"; absent until it is known. */
  readonly count: string | undefined;
  readonly loading: boolean;
  readonly error: string | undefined;
  /** Absent when all are here. */
  readonly loadMore: (() => void) | undefined;
  readonly reload: () => void;
}

/** A channel's members, page by page in order of user id; read again when somebody came or went. */
export function useMembers({ channelId, conversationId }: Channel): Members {
  const dispatch = useAppDispatch();
  const cache = useMembersCache();
  const version = useAppSelector((state) => selectMembershipVersion(state, conversationId));
  const [, redraw] = useState(0);
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<string>();
  const known = cache.get(channelId);

  const load = useCallback(
    async (before: KnownMembers | undefined) => {
      setLoading(true);
      setError(undefined);
      try {
        const page = await dispatch(listMembers(channelId, before?.next));
        const members = [...(before?.members ?? []), ...page.members];
        cache.set(channelId, { members, next: page.next, version });
        redraw((count) => count + 1);
      } catch (failure) {
        setError(describeError(failure));
      } finally {
        setLoading(false);
      }
    },
    [dispatch, cache, channelId, version],
  );

  useEffect(() => {
    if (cache.get(channelId)?.version !== version) void load(undefined);
  }, [cache, channelId, version, load]);

  return {
    members: known?.members ?? [],
    count: known && countOf(known),
    loading,
    error,
    loadMore: known?.next === undefined ? undefined : () => void load(known),
    reload: () => void load(undefined),
  };
}

function countOf({ members, next }: KnownMembers): string {
  if (members.length === 1 && next === undefined) return '1 member';
  return `${members.length}${next === undefined ? '' : '+'} members`;
}
