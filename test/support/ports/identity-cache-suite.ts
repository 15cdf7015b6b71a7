import { describe, expect, it } from 'vitest';
import { forEachConcurrently } from '../../../lambdas/application/concurrency.ts';
import type { IdentityCache } from '../../../lambdas/application/ports/identity-cache.ts';
import { newUser } from './users-suite.ts';

const at = (second: number) => new Date(1_800_000_000_000 + second * 1000);
const change = (changeId: string, until: number) => ({ changeId, until: at(until) });

/** What IdentityCache promises, whichever store stands behind it. */
export function describeIdentityCache(name: string, open: () => IdentityCache): void {
  const held = async (userId: string) => (await open().find([userId])).get(userId);

  describe(`${name}: identity cache`, () => {
    it('holds what it was filled with, by user id and by e-mail address', async () => {
      const user = newUser({ avatar: 'https://example.com/a.png' });
      expect(await held(user.userId)).toBeUndefined();
      expect(await open().userIdOf(user.emailId)).toBeUndefined();
      await open().fill(user, undefined, at(0));
      expect(await held(user.userId)).toEqual({ user });
      expect(await open().userIdOf(user.emailId)).toBe(user.userId);
    });

    it('gives many at once, those it does not hold left out', async () => {
      const users = Array.from({ length: 120 }, () => newUser());
      await forEachConcurrently(users, 8, (user) => open().fill(user, undefined, at(0)));
      const ids = [...users.map(({ userId }) => userId), 'nobody', users[0]!.userId];
      const found = await open().find(ids);
      expect(found.size).toBe(120);
      expect(found.get(users[77]!.userId)).toEqual({ user: users[77] });
    });

    it('what was read from the truth before a change does not replace what is held since', async () => {
      const user = newUser();
      await open().fill(user, undefined, at(0));
      await open().fill({ ...user, firstName: 'Stale' }, undefined, at(0));
      expect(await held(user.userId)).toEqual({ user });
    });

    it('notes a change, lets no other begin before it is over, and keeps the user meanwhile', async () => {
      const user = newUser();
      await open().fill(user, undefined, at(0));
      expect(await open().beginChange(user.userId, change('one', 30), at(0))).toBe(true);
      expect(await open().beginChange(user.userId, change('two', 40), at(29))).toBe(false);
      expect(await held(user.userId)).toEqual({ user, pendingChange: change('one', 30) });
      expect(await open().beginChange(user.userId, change('two', 60), at(30))).toBe(true);
    });

    it('keeps the user as it is after its change, and forgets the change', async () => {
      const user = newUser();
      await open().beginChange(user.userId, change('one', 30), at(0));
      await open().completeChange({ ...user, firstName: 'New' }, 'one');
      expect(await held(user.userId)).toEqual({ user: { ...user, firstName: 'New' } });
      expect(await open().beginChange(user.userId, change('two', 30), at(1))).toBe(true);
    });

    it('a change that another one took over leaves nothing', async () => {
      const user = newUser();
      await open().fill(user, undefined, at(0));
      await open().beginChange(user.userId, change('one', 30), at(0));
      await open().beginChange(user.userId, change('two', 61), at(31));
      await open().completeChange({ ...user, firstName: 'Late' }, 'one');
      await open().abandonChange(user.userId, 'one');
      expect(await held(user.userId)).toEqual({ user, pendingChange: change('two', 61) });
    });

    it('an abandoned change stays noted, but the next one may begin', async () => {
      const user = newUser();
      await open().fill(user, undefined, at(0));
      await open().beginChange(user.userId, change('one', 30), at(0));
      await open().abandonChange(user.userId, 'one');
      expect((await held(user.userId))?.pendingChange?.changeId).toBe('one');
      expect(await open().beginChange(user.userId, change('two', 30), at(1))).toBe(true);
    });

    it('is filled from the truth once a change has broken off, by who has seen it, and not before', async () => {
      const user = newUser();
      await open().beginChange(user.userId, change('one', 30), at(0));
      const seen = await held(user.userId);
      expect(seen?.user).toBeUndefined();
      await open().fill(user, seen, at(29));
      expect(await held(user.userId)).toEqual(seen);
      await open().beginChange(user.userId, change('two', 60), at(30));
      await open().fill(user, seen, at(61));
      expect((await held(user.userId))?.user).toBeUndefined();
      await open().fill(user, await held(user.userId), at(61));
      expect(await held(user.userId)).toEqual({ user });
    });
  });
}
