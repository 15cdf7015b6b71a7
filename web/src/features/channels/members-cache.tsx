import { createContext, type ReactNode, useContext, useState } from 'react';
import type { Profile } from '../../../../core/contract/users.ts';

/** Members as far as they were read. */
export interface KnownMembers {
  readonly members: readonly Profile[];
  /** Where the next page starts; absent when all are here. */
  readonly next?: string | undefined;
  /** The state's version of the membership when they were read. */
  readonly version: number;
}

const CacheContext = createContext<Map<string, KnownMembers> | null>(null);

/** Keeps members by channel while somebody is signed in, so that going back to a channel asks nothing again. */
export function MembersCache({ children }: { readonly children: ReactNode }) {
  const [cache] = useState(() => new Map<string, KnownMembers>());
  return <CacheContext value={cache}>{children}</CacheContext>;
}

export function useMembersCache(): Map<string, KnownMembers> {
  const cache = useContext(CacheContext);
  if (cache === null) throw new Error('useMembersCache is used outside of MembersCache');
  return cache;
}
