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
  const idsOf = async (audience: Audience) =>
    (await open().listenersOf(audience)).map(({ connectionId }) => connectionId).sort();

  describe(`${name}: live connections`, () => {
    it('an audience nobody listens to is empty', async () => {
      expect(await open().listenersOf(newAudience())).toEqual([]);
    });

    it('a connection is heard of under each of its audiences', async () => {
      const audience = newAudience();
      const connection = await connected(newUser(), audience, EVERYONE);
      expect(await open().listenersOf(audience)).toEqual([connection]);
      expect(await open().listenersOf(userAudience(connection.userId))).toEqual([connection]);
      expect(await idsOf(EVERYONE)).toContain(connection.connectionId);
    });

    it('subscribing again changes nothing', async () => {
      const audience = newAudience();
      const connection = await connected(newUser(), audience);
      await open().subscribe(connection, [audience]);
      expect(await open().listenersOf(audience)).toEqual([connection]);
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
      expect(await open().listenersOf(audience)).toEqual([]);
    });

    it('leaving ends it for all connections of the user, and for nobody else', async () => {
      const [leaver, stayer] = [newUser(), newUser()];
      const audience = newAudience();
      const left = [await connected(leaver, audience), await connected(leaver, audience)];
      const stayed = await connected(stayer, audience);
      await open().unsubscribeUser(leaver, audience);
      expect(await open().listenersOf(audience)).toEqual([stayed]);
      expect(await idsOf(userAudience(leaver))).toEqual(left.map(({ connectionId }) => connectionId).sort());
    });

    it('leaving what one never heard changes nothing', async () => {
      const { userId } = await connected();
      await open().unsubscribeUser(userId, newAudience());
      expect(await idsOf(userAudience(userId))).toHaveLength(1);
    });

    it('a connection that is removed is gone from all audiences, joined ones included', async () => {
      const [subscribed, joined] = [newAudience(), newAudience()];
      const connection = await connected(newUser(), subscribed, EVERYONE);
      await open().subscribeUsers([connection.userId], joined);
      await open().remove(connection.connectionId);
      for (const audience of [subscribed, joined, userAudience(connection.userId)]) {
        expect(await open().listenersOf(audience)).toEqual([]);
      }
      expect(await idsOf(EVERYONE)).not.toContain(connection.connectionId);
      await open().remove(connection.connectionId);
    });

    it('a connection that opened just now can be kept from being removed', async () => {
      const { connectionId, userId } = await connected();
      await open().remove(connectionId, { unlessYoungerThanMs: 60_000 });
      expect(await idsOf(userAudience(userId))).toEqual([connectionId]);
      await open().remove(connectionId);
      expect(await idsOf(userAudience(userId))).toEqual([]);
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
      await open().remove(first!.connectionId);
      expect(await idsOf(audiences[59]!)).toEqual([]);
      await open().unsubscribeUser(userId, audiences[0]!);
      expect(await idsOf(audiences[0]!)).toEqual([]);
    });
  });
}
