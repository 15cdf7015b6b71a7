import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  joinedMembership,
  leftMembership,
} from '../../../lambdas/application/conversations/membership-change.ts';
import type { Membership } from '../../../lambdas/application/ports/membership-store.ts';
import { isNewer } from '../../support/doubles/memory-membership-store.ts';

const [userId, conversationId] = ['ada', 'channel:x'];

const membership = fc
  .record({
    state: fc.constantFrom('joined' as const, 'left' as const),
    version: fc.integer({ min: 1, max: 9 }),
  })
  .map(
    ({ state, version }): Membership => ({
      userId,
      conversationId,
      state,
      version,
      joinedAt: new Date(version),
    }),
  );
const known = fc.record({
  truth: fc.option(membership, { nil: undefined }),
  copy: fc.option(membership, { nil: undefined }),
});
const now = fc.integer({ min: 0, max: 9 });

/** What stands in a store once `change` was written over `standing`. */
const written = (change: Membership, standing: Membership | undefined) =>
  standing === undefined || isNewer(change, standing) ? change : standing;

describe('a membership that changes', () => {
  it('is joined in both stores afterwards, whatever they held and whatever the clock says', () => {
    fc.assert(
      fc.property(known, now, ({ truth, copy }, ms) => {
        const joined = joinedMembership(userId, conversationId, { truth, copy }, ms);
        expect(written(joined, truth).state).toBe('joined');
        expect(written(joined, copy).state).toBe('joined');
      }),
    );
  });

  it('has ended in both stores afterwards, whatever they held and whatever the clock says', () => {
    fc.assert(
      fc.property(known, now, ({ truth, copy }, ms) => {
        const left = leftMembership({ truth, copy }, ms);
        if (truth === undefined && copy === undefined) {
          expect(left).toBeUndefined();
        } else {
          expect(written(left!, truth).state).toBe('left');
          expect(written(left!, copy).state).toBe('left');
        }
      }),
    );
  });

  it('stays as it is when it is tried again, however much later', () => {
    fc.assert(
      fc.property(known, now, ({ truth, copy }, ms) => {
        const first = joinedMembership(userId, conversationId, { truth, copy }, ms);
        const after = { truth: written(first, truth), copy: written(first, copy) };
        expect(joinedMembership(userId, conversationId, after, ms + 1_000)).toEqual(after.truth);
        const left = leftMembership(after, ms);
        const afterwards = { truth: written(left!, after.truth), copy: written(left!, after.copy) };
        expect(leftMembership(afterwards, ms + 1_000)).toEqual(afterwards.truth);
      }),
    );
  });

  it('takes the present as its version where the clock is ahead', () => {
    const joined = joinedMembership(userId, conversationId, { truth: undefined, copy: undefined }, 1_234);
    expect(joined).toMatchObject({ version: 1_234, joinedAt: new Date(1_234) });
  });
});
