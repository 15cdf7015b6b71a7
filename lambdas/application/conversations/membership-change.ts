import type { ConversationId, UserId } from '../../../core/contract/ids.ts';
import type { Membership } from '../ports/membership-store.ts';

/** What both stores have of one membership. */
export interface KnownMembership {
  readonly truth: Membership | undefined;
  readonly copy: Membership | undefined;
}

/**
 * The membership that a user ends up with by joining. If the truth says so already it stays as it is, so that a retry
 * completes the very change it began; unless the copy says otherwise and would not take it.
 *
 * @param now milliseconds since 1970
 */
export function joinedMembership(
  userId: UserId,
  conversationId: ConversationId,
  known: KnownMembership,
  now: number,
): Membership {
  if (known.truth !== undefined && standsAs('joined', known.truth, known.copy)) return known.truth;
  const version = nextVersion(known, now);
  return { userId, conversationId, state: 'joined', version, joinedAt: new Date(version) };
}

/**
 * The membership that a user ends up with by leaving; undefined if it never had any.
 *
 * @param now milliseconds since 1970
 */
export function leftMembership(known: KnownMembership, now: number): Membership | undefined {
  const { truth, copy } = known;
  if (truth !== undefined && standsAs('left', truth, copy)) return truth;
  const last = truth ?? copy;
  if (last === undefined) return undefined;
  const { userId, conversationId, joinedAt } = last;
  return { userId, conversationId, state: 'left', version: nextVersion(known, now), joinedAt };
}

function standsAs(state: Membership['state'], truth: Membership, copy: Membership | undefined): boolean {
  const copyDisagrees = copy !== undefined && copy.state !== state && copy.version >= truth.version;
  return truth.state === state && !copyDisagrees;
}

/** Clocks of functions differ: a change must count as newer than all that is known, even if its clock is behind. */
function nextVersion({ truth, copy }: KnownMembership, now: number): number {
  return Math.max(now, (truth?.version ?? 0) + 1, (copy?.version ?? 0) + 1);
}
