import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Channel } from '../../../core/contract/conversations.ts';
import { channelConversationId } from '../../../core/domain/conversation.ts';
import type { Channels } from '../../../lambdas/application/ports/channels.ts';

export function channelNamed(name: string, more: Partial<Channel> = {}): Channel {
  const channelId = randomUUID();
  return {
    channelId,
    conversationId: channelConversationId(channelId),
    name,
    createdAt: '2026-01-01T12:00:00.123Z',
    ...more,
  };
}

/** What Channels promises, whichever store stands behind it. `open` gives a store that this suite has for itself. */
export function describeChannels(name: string, open: () => Channels): void {
  const publish = async (channel: Channel) => {
    await open().record(channel);
    await open().publish(channel);
    return channel;
  };
  const namesOf = (channels: readonly Channel[]) => channels.map((channel) => channel.name);
  const list = async (prefix: string, after?: string, limit = 100) =>
    namesOf(await open().list({ prefix, after, limit }));

  describe(`${name}: channels`, () => {
    it('finds none that is not there', async () => {
      expect(await open().find(randomUUID())).toBeUndefined();
      expect(await open().findByName('nothing-here')).toBeUndefined();
      expect(await open().list({ prefix: 'nothing-here', after: undefined, limit: 10 })).toEqual([]);
    });

    it('gives back what was recorded, with and without topic and creator', async () => {
      const bare = channelNamed('bare');
      const full = channelNamed('full', { topic: 'Ünïcödé ☕', createdBy: 'ada' });
      for (const channel of [bare, full]) {
        await publish(channel);
        expect(await open().find(channel.channelId)).toEqual(channel);
        expect(await open().findByName(channel.name)).toEqual(channel);
      }
    });

    it('is found by name only once it is published', async () => {
      const channel = channelNamed('half-made');
      await open().record(channel);
      expect(await open().find(channel.channelId)).toEqual(channel);
      expect(await open().findByName('half-made')).toBeUndefined();
      expect(await list('half')).toEqual([]);
    });

    it.each(['x', 'xy', 'xyz', 'xyz-and-more'])(
      'finds a channel named %s by name and by every beginning',
      async (name) => {
        await publish(channelNamed(name));
        expect((await open().findByName(name))?.name).toBe(name);
        for (let length = 0; length <= name.length; length += 1) {
          expect(await list(name.slice(0, length))).toContain(name);
        }
        expect(await list(`${name}0`)).not.toContain(name);
      },
    );

    it('lists in order of name, page after page, whatever characters names have', async () => {
      const names = ['pg', 'pg-', 'pg-a', 'pg.a', 'pg0', 'pg_', 'pga', 'pgz', 'pgzz'];
      for (const name of [...names].reverse()) await publish(channelNamed(name));
      await publish(channelNamed('ph'));
      const inOrder = [...names].sort();
      expect(await list('pg')).toEqual(inOrder);
      expect(await list('pg', undefined, 4)).toEqual(inOrder.slice(0, 4));
      expect(await list('pg', inOrder[3], 4)).toEqual(inOrder.slice(4, 8));
      expect(await list('pg', inOrder[7], 4)).toEqual(inOrder.slice(8));
      expect(await list('pg', 'a')).toEqual(inOrder);
      expect(await list('pg', 'z')).toEqual([]);
    });

    it('browses all of them with the empty prefix', async () => {
      await publish(channelNamed('browse-me'));
      const all = await list('');
      expect(all).toContain('browse-me');
      expect(all).toEqual([...all].sort());
      expect(await list('', 'browse-me')).not.toContain('browse-me');
    });

    it('can be published again', async () => {
      const channel = await publish(channelNamed('again'));
      await publish({ ...channel, topic: 'New' });
      expect(await list('again')).toEqual(['again']);
      expect((await open().findByName('again'))?.topic).toBe('New');
    });
  });
}
