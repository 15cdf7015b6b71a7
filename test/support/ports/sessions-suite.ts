import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RefreshableSession, Sessions } from '../../../lambdas/application/ports/sessions.ts';

/** What Sessions promises, whichever store stands behind it. */
export function describeSessions(name: string, open: () => Sessions): void {
  const newSession = (userId = 'ada'): RefreshableSession => ({
    sessionId: randomUUID(),
    userId,
    currentHash: 'first',
    expiresAt: new Date('2099-01-01T00:00:00.000Z'),
  });
  const rotated = (session: RefreshableSession, to: string): RefreshableSession => ({
    ...session,
    currentHash: to,
    rotation: { previousHash: session.currentHash, at: new Date('2026-01-01T00:00:00.123Z') },
    expiresAt: new Date('2099-02-01T00:00:00.000Z'),
  });

  describe(`${name}: sessions`, () => {
    it('keeps a session and its rotation', async () => {
      const session = newSession();
      expect(await open().find(session.sessionId)).toBeUndefined();
      await open().add(session);
      expect(await open().find(session.sessionId)).toEqual(session);
      expect(await open().replace(session, rotated(session, 'second'))).toBe(true);
      expect(await open().find(session.sessionId)).toEqual(rotated(session, 'second'));
    });

    it('of two rotations of one token one gets through', async () => {
      const session = newSession();
      await open().add(session);
      const outcomes = await Promise.all(
        ['second', 'other'].map((to) => open().replace(session, rotated(session, to))),
      );
      expect(outcomes.sort()).toEqual([false, true]);
    });

    it('a session that has ended is gone, tells whose it was, and is not brought back by a rotation', async () => {
      const session = newSession();
      await open().add(session);
      expect(await open().remove(session.sessionId)).toEqual(session);
      expect(await open().remove(session.sessionId)).toBeUndefined();
      expect(await open().replace(session, rotated(session, 'second'))).toBe(false);
      expect(await open().find(session.sessionId)).toBeUndefined();
    });

    it('ends all sessions of a user but one, and nobody else’s', async () => {
      const userId = `u${randomUUID()}`;
      const [kept, ended, refreshed] = [newSession(userId), newSession(userId), newSession(userId)];
      const other = newSession(`v${randomUUID()}`);
      for (const session of [kept, ended, refreshed, other]) await open().add(session);
      await open().replace(refreshed, rotated(refreshed, 'second'));
      await open().removeOthers(userId, kept.sessionId);
      expect(await open().find(kept.sessionId)).toEqual(kept);
      expect(await open().find(other.sessionId)).toEqual(other);
      expect(await open().find(ended.sessionId)).toBeUndefined();
      expect(await open().find(refreshed.sessionId)).toBeUndefined();
    });
  });
}
