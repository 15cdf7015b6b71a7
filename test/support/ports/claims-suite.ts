import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Claim, ClaimKind, Claims } from '../../../lambdas/application/ports/claims.ts';

/** What Claims promises, whichever store stands behind it. */
export function describeClaims(name: string, open: () => Claims): void {
  const newClaim = (of: Partial<Claim> = {}): Claim => ({
    kind: 'user-id',
    name: `n-${randomUUID().slice(0, 12)}`,
    owner: 'ada',
    attemptId: randomUUID(),
    ...of,
  });

  describe(`${name}: claims`, () => {
    it.each<ClaimKind>(['user-id', 'email', 'channel-name'])('of kind %s has one holder', async (kind) => {
      const first = newClaim({ kind });
      const second = newClaim({ kind, name: first.name, owner: 'bob' });
      expect(await open().holderOf(kind, first.name)).toBeUndefined();
      expect(await open().claim(first)).toBeUndefined();
      const holder = { owner: 'ada', attemptId: first.attemptId, confirmed: false };
      expect(await open().claim(second)).toEqual(holder);
      expect(await open().holderOf(kind, first.name)).toEqual(holder);
    });

    it('finding its own attempt is success', async () => {
      const claim = newClaim();
      await open().claim(claim);
      expect(await open().claim(claim)).toBeUndefined();
    });

    it('of concurrent attempts exactly one wins', async () => {
      const attempts = Array.from({ length: 6 }, () => newClaim({ name: 'contested' }));
      const outcomes = await Promise.all(attempts.map((claim) => open().claim(claim)));
      const winner = attempts[outcomes.indexOf(undefined)];
      expect(outcomes.filter((holder) => holder === undefined)).toHaveLength(1);
      expect((await open().holderOf('user-id', 'contested'))?.attemptId).toBe(winner?.attemptId);
    });

    it('is confirmed by the attempt that holds it, any number of times, and by no other', async () => {
      const claim = newClaim();
      const other = newClaim({ name: claim.name });
      await open().claim(claim);
      expect(await open().confirm(other)).toBe(false);
      expect(await open().confirm(claim)).toBe(true);
      expect(await open().confirm(claim)).toBe(true);
      expect((await open().holderOf('user-id', claim.name))?.confirmed).toBe(true);
    });

    it('can not be confirmed where nobody claimed', async () => {
      const claim = newClaim();
      expect(await open().confirm(claim)).toBe(false);
      expect(await open().holderOf('user-id', claim.name)).toBeUndefined();
    });

    it('is released by the attempt that holds it, and by no other', async () => {
      const claim = newClaim();
      await open().claim(claim);
      await open().release(newClaim({ name: claim.name }));
      expect(await open().holderOf('user-id', claim.name)).toBeDefined();
      await open().release(claim);
      expect(await open().holderOf('user-id', claim.name)).toBeUndefined();
      expect(await open().claim(newClaim({ name: claim.name }))).toBeUndefined();
    });

    it('is taken over from the holder that was seen, by one', async () => {
      const claim = newClaim();
      await open().claim(claim);
      await open().confirm(claim);
      const seen = await open().holderOf('user-id', claim.name);
      const heir = newClaim({ name: claim.name, owner: 'bob' });
      const late = newClaim({ name: claim.name, owner: 'eve' });
      expect(await open().takeOver(heir, seen!)).toBeUndefined();
      expect(await open().takeOver(late, seen!)).toMatchObject({ owner: 'bob', confirmed: false });
      expect(await open().confirm(claim)).toBe(false);
    });

    it('a name that became free meanwhile is simply claimed', async () => {
      const claim = newClaim();
      const holder = { owner: 'ada', attemptId: randomUUID(), confirmed: true };
      expect(await open().takeOver(claim, holder)).toBeUndefined();
      expect((await open().holderOf('user-id', claim.name))?.attemptId).toBe(claim.attemptId);
    });
  });
}
