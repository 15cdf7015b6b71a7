import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import type { ReadMarkers } from '../../../lambdas/application/ports/read-markers.ts';

/** What ReadMarkers promises, whichever store stands behind it. */
export function describeReadMarkers(name: string, open: () => ReadMarkers): void {
  const newConversation = () => `channel:${randomUUID()}`;
  const newUser = () => `u-${randomUUID().slice(0, 12)}`;
  /** Append times run backwards, as a broker's clock may. */
  const idAt = (offset: number, generation = 0) =>
    messageIdOf({ generation, partition: 3, offset: BigInt(offset), appendedAt: 1_700_000_000_000 - offset });

  describe(`${name}: read markers`, () => {
    it('has none at first', async () => {
      expect(await open().find(newUser(), newConversation())).toBeUndefined();
      expect(await open().listOf(newUser())).toEqual(new Map());
    });

    it('moves forward, over generations too', async () => {
      const [userId, conversationId] = [newUser(), newConversation()];
      for (const messageId of [idAt(5), idAt(6), idAt(0, 1)]) {
        await open().move(userId, conversationId, messageId);
        expect(await open().find(userId, conversationId)).toBe(messageId);
      }
    });

    it('never moves back', async () => {
      const [userId, conversationId] = [newUser(), newConversation()];
      await open().move(userId, conversationId, idAt(9));
      await open().move(userId, conversationId, idAt(8));
      await open().move(userId, conversationId, idAt(9));
      expect(await open().find(userId, conversationId)).toBe(idAt(9));
    });

    it('lists the markers of one user', async () => {
      const [userId, one, other] = [newUser(), newConversation(), newConversation()];
      await open().move(userId, one, idAt(1));
      await open().move(userId, other, idAt(2));
      await open().move(newUser(), one, idAt(3));
      expect(await open().listOf(userId)).toEqual(
        new Map([
          [one, idAt(1)],
          [other, idAt(2)],
        ]),
      );
    });
  });
}
