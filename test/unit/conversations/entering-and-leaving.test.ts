import { describe, expect, it, vi } from 'vitest';
import { GENERAL_CHANNEL_ID } from '../../../core/contract/ids.ts';
import { createChannel } from '../../../lambdas/application/conversations/create-channel.ts';
import { joinChannel } from '../../../lambdas/application/conversations/join-channel.ts';
import { leaveChannel } from '../../../lambdas/application/conversations/leave-channel.ts';
import { openDirectMessage } from '../../../lambdas/application/conversations/open-direct-message.ts';
import { idAt, makeWorldWithGeneral, type World } from './world.ts';

/** `ada` has made the channel `cats` with two messages in it; `bob` is connected and not in it. */
async function catsAndBob() {
  const world = await makeWorldWithGeneral();
  for (const userId of ['ada', 'bob']) {
    world.meet(userId);
    await world.connect(userId);
  }
  const { channel } = await createChannel(world.ports, 'ada', { name: 'cats' });
  const { channelId, conversationId } = channel!;
  await world.store(conversationId, 1, 'ada');
  await world.store(conversationId, 2, 'ada');
  world.signals.length = 0;
  return { world, channelId, conversationId };
}

async function standsOf(world: World, userId: string, conversationId: string) {
  return {
    truth: (await world.truth.find(userId, conversationId))?.state === 'joined',
    copy: (await world.copied.find(userId, conversationId))?.state === 'joined',
    live: await world.hears(userId, conversationId),
  };
}
const EVERYWHERE = { truth: true, copy: true, live: true };
const NOWHERE = { truth: false, copy: false, live: false };

/** Runs `attempt` in fresh worlds, interrupting one store after 0, 1, 2 … calls, until nothing is interrupted any more. */
async function interruptEverywhere<W extends { world: World }>(
  make: () => Promise<W>,
  attempt: (made: W) => Promise<unknown>,
  check: { afterFailure: (made: W) => Promise<void>; afterRetry: (made: W) => Promise<void> },
): Promise<void> {
  for (const store of ['cassandra', 'dynamodb'] as const) {
    let interruptions = 0;
    for (let calls = 0; ; calls += 1) {
      const made = await make();
      made.world[store].interruptAfter(calls);
      const error: unknown = await attempt(made).then(
        () => undefined,
        (failure: unknown) => failure,
      );
      if (made.world[store].resume() === 0) break;
      interruptions += 1;
      expect(error, `${store} away after ${calls} calls`).toMatchObject({ code: 'directory_unavailable' });
      await check.afterFailure(made);
      await attempt(made);
      await check.afterRetry(made);
    }
    expect(interruptions).toBeGreaterThan(1);
  }
}

describe('joining a channel', () => {
  it('changes all three places, marks all as read and tells everybody', async () => {
    const { world, channelId, conversationId } = await catsAndBob();
    const summary = await joinChannel(world.ports, 'bob', channelId);
    expect(summary).toMatchObject({
      conversationId,
      channel: { name: 'cats' },
      readMarker: idAt(2),
      unreadCount: 0,
    });
    expect(await standsOf(world, 'bob', conversationId)).toEqual(EVERYWHERE);
    expect(world.signals).toEqual([
      { type: 'membership.changed', conversationId, userId: 'bob', change: 'joined', conversation: summary },
    ]);
  });

  it('again changes nothing: no message is read by it, and nobody hears of it', async () => {
    const { world, channelId, conversationId } = await catsAndBob();
    await joinChannel(world.ports, 'bob', channelId);
    await world.store(conversationId, 3, 'ada');
    world.signals.length = 0;
    expect(await joinChannel(world.ports, 'bob', channelId)).toMatchObject({ unreadCount: 1 });
    expect(world.signals).toEqual([]);
  });

  it('half way is never worse than not yet, and a retry finishes it', async () => {
    await interruptEverywhere(
      catsAndBob,
      ({ world, channelId }) => joinChannel(world.ports, 'bob', channelId),
      {
        afterFailure: async ({ world, conversationId }) => {
          const { truth, copy, live } = await standsOf(world, 'bob', conversationId);
          if (truth) expect({ copy, live }).toEqual({ copy: true, live: true });
        },
        afterRetry: async ({ world, conversationId }) => {
          expect(await standsOf(world, 'bob', conversationId)).toEqual(EVERYWHERE);
          expect(await world.marked.find('bob', conversationId)).toBe(idAt(2));
        },
      },
    );
  });

  it('succeeds with the log away', async () => {
    const { world, channelId, conversationId } = await catsAndBob();
    world.kafka.interruptAfter(0);
    await joinChannel(world.ports, 'bob', channelId);
    expect(await standsOf(world, 'bob', conversationId)).toEqual(EVERYWHERE);
  });

  it('is refused for a channel that does not exist', async () => {
    const { world } = await catsAndBob();
    const channelId = '00000000-0000-4000-8000-00000000ffff';
    await expect(joinChannel(world.ports, 'bob', channelId)).rejects.toMatchObject({
      code: 'channel_not_found',
    });
  });
});

describe('leaving a channel', () => {
  async function bobIsIn() {
    const made = await catsAndBob();
    await joinChannel(made.world.ports, 'bob', made.channelId);
    made.world.signals.length = 0;
    return made;
  }

  it('changes all three places and tells everybody', async () => {
    const { world, channelId, conversationId } = await bobIsIn();
    await leaveChannel(world.ports, 'bob', channelId);
    expect(await standsOf(world, 'bob', conversationId)).toEqual(NOWHERE);
    expect(world.signals).toEqual([
      { type: 'membership.changed', conversationId, userId: 'bob', change: 'left' },
    ]);
  });

  it('is answered once nobody remembers who listened before, also when it is done again', async () => {
    const { world, channelId, conversationId } = await bobIsIn();
    for (const _ of ['first', 'again']) {
      const listening: boolean[] = [];
      let forget: () => void = () => undefined;
      const untilForgotten = async () => {
        listening.push((await standsOf(world, 'bob', conversationId)).live);
        await new Promise<void>((resolve) => (forget = resolve));
      };
      let isAnswered = false;
      const left = leaveChannel({ ...world.ports, untilForgotten }, 'bob', channelId).then(() => {
        isAnswered = true;
      });
      await vi.waitFor(() => expect(listening).toEqual([false]));
      await new Promise(setImmediate);
      expect(isAnswered).toBe(false);
      forget();
      await left;
    }
  });

  it('half way is never worse than not yet, and a retry finishes it', async () => {
    await interruptEverywhere(
      bobIsIn,
      ({ world, channelId }) => leaveChannel(world.ports, 'bob', channelId),
      {
        afterFailure: async ({ world, conversationId }) => {
          const { truth, copy, live } = await standsOf(world, 'bob', conversationId);
          if (truth) expect({ copy, live }).toEqual({ copy: true, live: true });
          if (copy) expect(live).toBe(true);
        },
        afterRetry: async ({ world, conversationId }) => {
          expect(await standsOf(world, 'bob', conversationId)).toEqual(NOWHERE);
        },
      },
    );
  });

  it('and coming back, in turn, ends as the last of them', async () => {
    const { world, channelId, conversationId } = await bobIsIn();
    for (let round = 0; round < 3; round += 1) {
      await leaveChannel(world.ports, 'bob', channelId);
      expect(await standsOf(world, 'bob', conversationId)).toEqual(NOWHERE);
      await joinChannel(world.ports, 'bob', channelId);
      expect(await standsOf(world, 'bob', conversationId)).toEqual(EVERYWHERE);
    }
  });

  it('what one never was in changes nothing', async () => {
    const { world, channelId, conversationId } = await catsAndBob();
    await leaveChannel(world.ports, 'bob', channelId);
    expect(await world.truth.listOf('bob')).toEqual([]);
    expect(await world.copied.find('bob', conversationId)).toBeUndefined();
    expect(world.signals).toEqual([]);
  });

  it('is refused for general, and for a channel that does not exist', async () => {
    const { world } = await catsAndBob();
    await expect(leaveChannel(world.ports, 'bob', GENERAL_CHANNEL_ID)).rejects.toMatchObject({
      code: 'channel_cannot_be_left',
    });
    const channelId = '00000000-0000-4000-8000-00000000ffff';
    await expect(leaveChannel(world.ports, 'bob', channelId)).rejects.toMatchObject({
      code: 'channel_not_found',
    });
  });
});

describe('opening a direct message', () => {
  it('opens it for both, each with its own row, and tells both', async () => {
    const { world } = await catsAndBob();
    const summary = await openDirectMessage(world.ports, 'bob', 'ada');
    expect(summary).toMatchObject({ conversationId: 'dm:ada:bob', peer: { userId: 'ada' }, unreadCount: 0 });
    expect(summary).not.toHaveProperty('channel');
    for (const userId of ['ada', 'bob'])
      expect(await standsOf(world, userId, 'dm:ada:bob')).toEqual(EVERYWHERE);
    expect(world.signals).toMatchObject([
      {
        type: 'membership.changed',
        userId: 'bob',
        change: 'joined',
        conversation: { peer: { userId: 'ada' } },
      },
      {
        type: 'membership.changed',
        userId: 'ada',
        change: 'joined',
        conversation: { peer: { userId: 'bob' } },
      },
    ]);
  });

  it('again changes nothing, from either side', async () => {
    const { world } = await catsAndBob();
    const first = await openDirectMessage(world.ports, 'bob', 'ada');
    world.signals.length = 0;
    expect(await openDirectMessage(world.ports, 'bob', 'ada')).toEqual(first);
    expect(await openDirectMessage(world.ports, 'ada', 'bob')).toMatchObject({ peer: { userId: 'bob' } });
    expect(world.signals).toEqual([]);
  });

  it('half way is never worse than not yet for either, and a retry finishes it', async () => {
    await interruptEverywhere(catsAndBob, ({ world }) => openDirectMessage(world.ports, 'bob', 'ada'), {
      afterFailure: async ({ world }) => {
        for (const userId of ['ada', 'bob']) {
          const { truth, copy, live } = await standsOf(world, userId, 'dm:ada:bob');
          if (truth) expect({ copy, live }).toEqual({ copy: true, live: true });
        }
      },
      afterRetry: async ({ world }) => {
        for (const userId of ['ada', 'bob']) {
          expect(await standsOf(world, userId, 'dm:ada:bob')).toEqual(EVERYWHERE);
        }
      },
    });
  });

  it('with oneself is a notebook', async () => {
    const { world } = await catsAndBob();
    const summary = await openDirectMessage(world.ports, 'bob', 'bob');
    expect(summary).toMatchObject({ conversationId: 'dm:bob:bob', peer: { userId: 'bob' } });
    expect(world.signals).toHaveLength(1);
  });

  it('is refused with nobody', async () => {
    const { world } = await catsAndBob();
    await expect(openDirectMessage(world.ports, 'bob', 'nobody')).rejects.toMatchObject({
      code: 'user_not_found',
    });
    expect(await world.truth.listOf('bob')).toEqual([]);
  });
});

describe('creating a channel', () => {
  const create = (world: World, userId: string, name = 'dogs') =>
    createChannel(world.ports, userId, { name, topic: 'Good ones' });

  it('makes it, lets its creator in and tells everybody', async () => {
    const { world } = await catsAndBob();
    const summary = await create(world, 'bob');
    const { channel, conversationId } = summary;
    expect(channel).toMatchObject({ name: 'dogs', topic: 'Good ones', createdBy: 'bob', conversationId });
    expect(await standsOf(world, 'bob', conversationId)).toEqual(EVERYWHERE);
    expect(await world.ports.channels.findByName('dogs')).toEqual(channel);
    expect(world.signals).toEqual([
      { type: 'membership.changed', conversationId, userId: 'bob', change: 'joined', conversation: summary },
      { type: 'channel.created', channel },
    ]);
  });

  it.each(['ada', 'bob'])('is refused to %s for a name that is taken', async (userId) => {
    const { world } = await catsAndBob();
    await expect(create(world, userId, 'cats')).rejects.toMatchObject({
      code: 'channel_name_taken',
      fields: [{ field: 'name' }],
    });
    await expect(create(world, userId, 'general')).rejects.toMatchObject({ code: 'channel_name_taken' });
  });

  it('twice at once makes one channel', async () => {
    const { world } = await catsAndBob();
    const results = await Promise.allSettled([create(world, 'ada'), create(world, 'bob')]);
    const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(made).toHaveLength(1);
    const dogs = await world.ports.channels.list({ prefix: 'dogs', after: undefined, limit: 9 });
    expect(dogs).toEqual([made[0]?.channel]);
  });

  it('half way is never worse than not yet, and a retry finishes the very same channel', async () => {
    await interruptEverywhere(catsAndBob, ({ world }) => create(world, 'bob'), {
      afterFailure: async ({ world }) => {
        const [conversationId = ''] = (await world.truth.listOf('bob')).map(
          (membership) => membership.conversationId,
        );
        if (conversationId !== '') expect(await standsOf(world, 'bob', conversationId)).toEqual(EVERYWHERE);
      },
      afterRetry: async ({ world }) => {
        const dogs = await world.ports.channels.list({ prefix: 'dogs', after: undefined, limit: 9 });
        expect(dogs).toHaveLength(1);
        expect(await standsOf(world, 'bob', dogs[0]!.conversationId)).toEqual(EVERYWHERE);
        expect(await world.ports.channels.find(dogs[0]!.channelId)).toEqual(dogs[0]);
        expect(world.signals.map(({ type }) => type)).toEqual(['membership.changed', 'channel.created']);
        await expect(create(world, 'bob')).rejects.toMatchObject({ code: 'channel_name_taken' });
      },
    });
  });
});
