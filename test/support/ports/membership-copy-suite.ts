import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { channelConversationId, directConversationId } from '../../../core/domain/conversation.ts';
import type { CopiedMembership, MembershipCopy } from '../../../lambdas/application/ports/membership-copy.ts';

/** What MembershipCopy promises, whichever store stands behind it. */
export function describeMembershipCopy(name: string, open: () => MembershipCopy): void {
  const T = Date.UTC(2026, 0, 1);

  function copied(version = T, state: 'joined' | 'left' = 'joined'): CopiedMembership {
    const channelId = randomUUID();
    const conversationId = channelConversationId(channelId);
    return {
      userId: `u-${randomUUID().slice(0, 12)}`,
      conversationId,
      state,
      version,
      joinedAt: new Date(T),
      channel: {
        channelId,
        conversationId,
        name: 'cats',
        topic: 'All of them',
        createdAt: '2026-01-01T00:00:00.000Z',
      },
    };
  }

  describe(`${name}: the copy of memberships`, () => {
    it('knows nothing of strangers', async () => {
      expect(await open().find('nobody-at-all', 'channel:none')).toBeUndefined();
      expect(await open().listOf('nobody-at-all')).toEqual([]);
    });

    it('gives back what was written, channel and all', async () => {
      const membership = copied();
      await open().write(membership);
      expect(await open().find(membership.userId, membership.conversationId)).toEqual(membership);
      expect(await open().listOf(membership.userId)).toEqual([membership]);
    });

    it('keeps a direct message without a channel', async () => {
      const { channel: _channel, ...membership } = copied();
      const direct = { ...membership, conversationId: directConversationId(membership.userId, 'zoe') };
      await open().write(direct);
      expect(await open().find(direct.userId, direct.conversationId)).toEqual(direct);
    });

    it('keeps memberships that have ended', async () => {
      const membership = copied();
      const left: CopiedMembership = { ...membership, state: 'left', version: T + 1 };
      await open().write(membership);
      await open().write(left);
      expect(await open().listOf(membership.userId)).toEqual([left]);
    });

    it('an older version never undoes a newer one', async () => {
      const older = copied();
      const newer: CopiedMembership = { ...older, state: 'left', version: T + 1 };
      await open().write(newer);
      await open().write(older);
      expect(await open().find(older.userId, older.conversationId)).toEqual(newer);
    });

    it('of two changes with one version leaving counts', async () => {
      const joined = copied();
      const left: CopiedMembership = { ...joined, state: 'left' };
      for (const changes of [
        [joined, left],
        [left, joined],
      ]) {
        for (const change of changes) await open().write(change);
        expect((await open().find(joined.userId, joined.conversationId))?.state).toBe('left');
      }
    });

    it('lists a user in order of conversation, and nobody else', async () => {
      const { userId } = copied();
      const mine = [copied(), copied(), copied()].map((membership) => ({ ...membership, userId }));
      for (const membership of [...mine, copied()]) await open().write(membership);
      const listed = (await open().listOf(userId)).map(({ conversationId }) => conversationId);
      expect(listed).toEqual(mine.map(({ conversationId }) => conversationId).sort());
    });
  });
}
