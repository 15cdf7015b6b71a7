import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Membership, MembershipStore } from '../../../lambdas/application/ports/membership-store.ts';

/** What MembershipStore promises, whichever store stands behind it. */
export function describeMembershipStore(name: string, open: () => MembershipStore): void {
  const T = Date.UTC(2026, 0, 1);
  const newConversation = () => `channel:${randomUUID()}`;
  const newUser = () => `u-${randomUUID().slice(0, 12)}`;
  const joined = (userId: string, conversationId: string, version: number): Membership => ({
    userId,
    conversationId,
    state: 'joined',
    version,
    joinedAt: new Date(version),
  });
  const left = (membership: Membership, version: number): Membership => ({
    ...membership,
    state: 'left',
    version,
  });

  describe(`${name}: memberships`, () => {
    it('knows nothing of strangers', async () => {
      const [userId, conversationId] = [newUser(), newConversation()];
      expect(await open().find(userId, conversationId)).toBeUndefined();
      expect(await open().listOf(userId)).toEqual([]);
      expect(await open().joinedAmong(userId, [conversationId])).toEqual(new Set());
      expect(await open().joinedAmong(userId, [])).toEqual(new Set());
      expect(await open().membersOf(conversationId, { after: undefined, limit: 10 })).toEqual([]);
    });

    it('gives back what was written, from both sides', async () => {
      const membership = joined(newUser(), newConversation(), T);
      const { userId, conversationId } = membership;
      await open().write(membership);
      expect(await open().find(userId, conversationId)).toEqual(membership);
      expect(await open().listOf(userId)).toEqual([membership]);
      expect(await open().joinedAmong(userId, [newConversation(), conversationId])).toEqual(
        new Set([conversationId]),
      );
      expect(await open().membersOf(conversationId, { after: undefined, limit: 10 })).toEqual([userId]);
    });

    it('who left is no member any more, but known', async () => {
      const membership = joined(newUser(), newConversation(), T);
      const { userId, conversationId } = membership;
      await open().write(membership);
      await open().write(left(membership, T + 1));
      expect(await open().find(userId, conversationId)).toEqual(left(membership, T + 1));
      expect(await open().joinedAmong(userId, [conversationId])).toEqual(new Set());
      expect(await open().membersOf(conversationId, { after: undefined, limit: 10 })).toEqual([]);
    });

    it('who comes back is a member again', async () => {
      const membership = joined(newUser(), newConversation(), T);
      const { userId, conversationId } = membership;
      const again = joined(userId, conversationId, T + 2);
      await open().write(membership);
      await open().write(left(membership, T + 1));
      await open().write(again);
      expect(await open().find(userId, conversationId)).toEqual(again);
      expect(await open().membersOf(conversationId, { after: undefined, limit: 10 })).toEqual([userId]);
    });

    it.each([
      ['joined, left, joined', [0, 1, 2]],
      ['joined, joined, left', [0, 2, 1]],
      ['left, joined, joined', [1, 0, 2]],
      ['left, later joined, joined', [1, 2, 0]],
      ['later joined, joined, left', [2, 0, 1]],
      ['later joined, left, joined', [2, 1, 0]],
    ])('ends with the newest version when writes arrive as %s', async (_order, order) => {
      const first = joined(newUser(), newConversation(), T);
      const { userId, conversationId } = first;
      const changes = [first, left(first, T + 1), joined(userId, conversationId, T + 2)];
      for (const index of order) await open().write(changes[index]!);
      expect(await open().find(userId, conversationId)).toEqual(changes[2]);
      expect(await open().membersOf(conversationId, { after: undefined, limit: 10 })).toEqual([userId]);
    });

    it('an older joining never undoes a leaving, from either side', async () => {
      const membership = joined(newUser(), newConversation(), T);
      const { userId, conversationId } = membership;
      await open().write(left(membership, T + 1));
      await open().write(membership);
      expect((await open().find(userId, conversationId))?.state).toBe('left');
      expect(await open().membersOf(conversationId, { after: undefined, limit: 10 })).toEqual([]);
    });

    it('of two changes with one version leaving counts', async () => {
      const first = joined(newUser(), newConversation(), T);
      const { userId, conversationId } = first;
      const again = joined(userId, conversationId, T + 5);
      for (const changes of [
        [first, again, left(first, T + 5)],
        [first, left(first, T + 5), again],
      ]) {
        for (const change of changes) await open().write(change);
        expect((await open().find(userId, conversationId))?.state).toBe('left');
        expect(await open().membersOf(conversationId, { after: undefined, limit: 10 })).toEqual([]);
      }
    });

    it('pages through members in order of user id', async () => {
      const conversationId = newConversation();
      for (const userId of ['cy', 'al', 'bo', 'di']) await open().write(joined(userId, conversationId, T));
      const page = (after: string | undefined) => open().membersOf(conversationId, { after, limit: 3 });
      expect(await page(undefined)).toEqual(['al', 'bo', 'cy']);
      expect(await page('cy')).toEqual(['di']);
      expect(await page('di')).toEqual([]);
    });

    it('lists all of a user with very many', async () => {
      const userId = newUser();
      const memberships = Array.from({ length: 1_001 }, () => joined(userId, newConversation(), T));
      const store = open();
      for (let start = 0; start < memberships.length; start += 100) {
        await Promise.all(memberships.slice(start, start + 100).map((membership) => store.write(membership)));
      }
      const listed = (await store.listOf(userId)).map(({ conversationId }) => conversationId);
      expect(listed).toEqual(memberships.map(({ conversationId }) => conversationId).sort());
    });
  });
}
