import { describe, expect, it } from 'vitest';
import { GENERAL_CHANNEL_ID } from '../../../core/contract/ids.ts';
import { SEARCH_RESULTS_MAX } from '../../../core/contract/limits.ts';
import { createChannel } from '../../../lambdas/application/conversations/create-channel.ts';
import { ensureGeneral } from '../../../lambdas/application/conversations/ensure-general.ts';
import { findChannels } from '../../../lambdas/application/conversations/find-channels.ts';
import { listMembers } from '../../../lambdas/application/conversations/list-members.ts';
import { makeWorld, makeWorldWithGeneral, type World } from './world.ts';

const create = async (world: World, ...names: string[]) => {
  for (const name of names) await createChannel(world.ports, 'ada', { name });
};
const find = async (world: World, query: Parameters<typeof findChannels>[2], userId = 'ada') => {
  const { channels, next } = await findChannels(world.ports, userId, query);
  return { names: channels.map(({ name }) => name), joined: channels.map(({ joined }) => joined), next };
};

describe('finding channels', () => {
  it('by the beginning of the name, any case, with or without its sign', async () => {
    const world = await makeWorldWithGeneral();
    await create(world, 'cats', 'catnip', 'dogs');
    for (const query of ['cat', 'CAT', '#cat', ' #Cat ']) {
      expect((await find(world, { query })).names).toEqual(['catnip', 'cats']);
    }
  });

  it('by exact name', async () => {
    const world = await makeWorldWithGeneral();
    await create(world, 'cats', 'catnip');
    expect((await find(world, { name: 'cats' })).names).toEqual(['cats']);
    expect((await find(world, { name: 'cat' })).names).toEqual([]);
  });

  it.each(['c*t', 'ü', 'a b', 'x'.repeat(81)])(
    'finds nothing for %s, which no name begins with',
    async (query) => {
      expect(await find(await makeWorldWithGeneral(), { query })).toMatchObject({
        names: [],
        next: undefined,
      });
    },
  );

  it('browses page after page, to the last', async () => {
    const world = await makeWorldWithGeneral();
    const names = Array.from({ length: SEARCH_RESULTS_MAX * 2 - 1 }, (_, index) => `n${100 + index}`);
    await create(world, ...names);
    const first = await find(world, {});
    expect(first.names).toEqual(['general', ...names.slice(0, SEARCH_RESULTS_MAX - 1)]);
    const second = await find(world, { after: first.next! });
    expect(second).toMatchObject({ names: names.slice(SEARCH_RESULTS_MAX - 1), next: undefined });
  });

  it('tells which of them one is in', async () => {
    const world = await makeWorldWithGeneral();
    await create(world, 'cats');
    expect(await find(world, {}, 'ada')).toMatchObject({ names: ['cats', 'general'], joined: [true, true] });
    expect(await find(world, {}, 'bob')).toMatchObject({ joined: [false, true] });
  });

  it('is away with Cassandra', async () => {
    const world = await makeWorldWithGeneral();
    world.cassandra.interruptAfter(0);
    await expect(find(world, {})).rejects.toMatchObject({ code: 'directory_unavailable', retryAfter: 1 });
  });
});

describe('listing members', () => {
  it('gives their profiles, page after page', async () => {
    const world = await makeWorldWithGeneral();
    const { channel, conversationId } = await createChannel(world.ports, world.meet('a-ada'), {
      name: 'cats',
    });
    for (let index = 0; index < 120; index += 1) {
      const userId = world.meet(`user-${1_000 + index}`);
      await world.truth.write({ userId, conversationId, state: 'joined', version: 1, joinedAt: new Date(1) });
    }
    const first = await listMembers(world.ports, channel!.channelId, undefined);
    expect(first.members).toHaveLength(100);
    expect(first.members[0]).toEqual({ userId: 'a-ada', firstName: 'a-ada', lastName: 'Person' });
    const second = await listMembers(world.ports, channel!.channelId, first.next);
    expect(second.members).toHaveLength(21);
    expect(second.next).toBeUndefined();
  });

  it('is refused for a channel that does not exist', async () => {
    const world = makeWorld();
    await expect(listMembers(world.ports, GENERAL_CHANNEL_ID, undefined)).rejects.toMatchObject({
      code: 'channel_not_found',
    });
  });
});

describe('general', () => {
  it('is there after the set-up, under its own id, and is not made again', async () => {
    const world = makeWorld();
    await ensureGeneral(world.ports);
    const made = await world.ports.channels.find(GENERAL_CHANNEL_ID);
    expect(made).toMatchObject({ name: 'general' });
    await ensureGeneral(world.ports);
    expect(await world.ports.channels.findByName('general')).toEqual(made);
  });

  it('is completed after a set-up that was cut short', async () => {
    for (let calls = 0; ; calls += 1) {
      const world = makeWorld();
      world.cassandra.interruptAfter(calls);
      await ensureGeneral(world.ports).catch(() => undefined);
      const failures = world.cassandra.resume();
      await ensureGeneral(world.ports);
      expect(await world.ports.channels.findByName('general')).toMatchObject({
        channelId: GENERAL_CHANNEL_ID,
      });
      if (failures === 0) break;
    }
  });
});
