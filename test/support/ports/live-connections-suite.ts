import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type Audience,
  conversationAudience,
  EVERYONE,
  userAudience,
} from '../../../core/domain/audience.ts';
import type { LiveConnection, LiveConnections } from '../../../lambdas/application/ports/live-connections.ts';

/** What LiveConnections promises, whichever store stands behind it. */
export function describeLiveConnections(name: string, open: () => LiveConnections): void {
  const newUser = () => `u-${randomUUID().slice(0, 12)}`;
  const newAudience = () => conversationAudience(`channel:${randomUUID()}`);
  const connectionOf = (userId: string): LiveConnection => ({
    connectionId: randomUUID(),
    userId,
    sessionId: randomUUID(),
  });
  const connected = async (userId = newUser(), ...audiences: Audience[]) => {
    const connection = connectionOf(userId);
    await open().subscribe(connection, [userAudience(userId), ...audiences]);
    return connection;
  };
  /** Who listens, without since when. */
  const listenersOf = async (audience: Audience): Promise<LiveConnection[]> =>
    (await open().listenersOf(audience)).map(({ since: _since, ...connection }) => connection);
  const idsOf = async (audience: Audience) =>
    (await open().listenersOf(audience)).map(({ connectionId }) => connectionId).sort();

  describe(`${name}: live connections`, () => {
    it('an audience nobody listens to is empty', async () => {
      expect(await listenersOf(newAudience())).toEqual([]);
    });

    it('a connection is heard of under each of its audiences', async () => {
      const audience = newAudience();
      const connection = await connected(newUser(), audience, EVERYONE);
      expect(await listenersOf(audience)).toEqual([connection]);
      expect(await listenersOf(userAudience(connection.userId))).toEqual([connection]);
      expect(await idsOf(EVERYONE)).toContain(connection.connectionId);
    });

    it('subscribing again changes nothing', async () => {
      const audience = newAudience();
      const connection = await connected(newUser(), audience);
      await open().subscribe(connection, [audience]);
      expect(await listenersOf(audience)).toEqual([connection]);
    });

    it('joining lets all connections of the users hear the audience', async () => {
      const [one, other, stranger] = [newUser(), newUser(), newUser()];
      const connections = [await connected(one), await connected(one), await connected(other)];
      await connected(stranger);
      const audience = newAudience();
      await open().subscribeUsers([one, other], audience);
      expect(await idsOf(audience)).toEqual(connections.map(({ connectionId }) => connectionId).sort());
    });

    it('users without connections may join', async () => {
      const audience = newAudience();
      await open().subscribeUsers([newUser()], audience);
      expect(await listenersOf(audience)).toEqual([]);
    });

    it('leaving ends it for all connections of the user, and for nobody else', async () => {
      const [leaver, stayer] = [newUser(), newUser()];
      const audience = newAudience();
      const left = [await connected(leaver, audience), await connected(leaver, audience)];
      const stayed = await connected(stayer, audience);
      await open().unsubscribeUser(leaver, audience);
      expect(await listenersOf(audience)).toEqual([stayed]);
      expect(await idsOf(userAudience(leaver))).toEqual(left.map(({ connectionId }) => connectionId).sort());
    });

    it('leaving what one never heard changes nothing', async () => {
      const { userId } = await connected();
      await open().unsubscribeUser(userId, newAudience());
      expect(await idsOf(userAudience(userId))).toHaveLength(1);
    });

    it('a subscription ends for one connection and audience alone', async () => {
      const [left, kept] = [newAudience(), newAudience()];
      const userId = newUser();
      const connection = await connected(userId, left, kept);
      const other = await connected(userId, left);
      await open().unsubscribe([{ connectionId: connection.connectionId, audience: left }]);
      expect(await listenersOf(left)).toEqual([other]);
      expect(await listenersOf(kept)).toEqual([connection]);
      expect(await idsOf(userAudience(userId))).toHaveLength(2);
    });

    it('ending what is not there changes nothing', async () => {
      const { connectionId, userId } = await connected();
      await open().unsubscribe([]);
      await open().unsubscribe([
        { connectionId, audience: newAudience() },
        { connectionId: randomUUID(), audience: userAudience(userId) },
      ]);
      expect(await idsOf(userAudience(userId))).toEqual([connectionId]);
    });

    it('it is known since when a connection is there, also where it joined later', async () => {
      const before = Date.now();
      const connection = await connected();
      const after = Date.now();
      const audience = newAudience();
      await open().subscribeUsers([connection.userId], audience);
      for (const heard of [userAudience(connection.userId), audience]) {
        const [listener] = await open().listenersOf(heard);
        expect(listener?.since).toBeGreaterThan(before - 1_000);
        expect(listener?.since).toBeLessThanOrEqual(after);
      }
    });

    it('takes more audiences and more listeners than one request holds', async () => {
      const audiences = Array.from({ length: 60 }, newAudience);
      const userId = newUser();
      const connections = [];
      for (let index = 0; index < 30; index += 1) connections.push(await connected(userId));
      const [first] = connections;
      await open().subscribe(first!, audiences);
      await open().subscribeUsers([userId], audiences[0]!);
      expect(await idsOf(audiences[0]!)).toHaveLength(30);
      expect(await idsOf(audiences[59]!)).toEqual([first?.connectionId]);
      await open().unsubscribe(
        audiences.map((audience) => ({ connectionId: first!.connectionId, audience })),
      );
      for (const audience of audiences) expect(await idsOf(audience)).not.toContain(first?.connectionId);
      expect(await idsOf(audiences[0]!)).toHaveLength(29);
      await open().unsubscribeUser(userId, audiences[0]!);
      expect(await idsOf(audiences[0]!)).toEqual([]);
    });
  });
}
