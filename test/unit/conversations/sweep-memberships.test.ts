import { beforeEach, describe, expect, it } from 'vitest';
import { GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import { GeneralMembershipWriter } from '../../../lambdas/adapters/membership/general-membership-writer.ts';
import { createChannel } from '../../../lambdas/application/conversations/create-channel.ts';
import { joinChannel } from '../../../lambdas/application/conversations/join-channel.ts';
import { leaveChannel } from '../../../lambdas/application/conversations/leave-channel.ts';
import { sweepMemberships } from '../../../lambdas/application/conversations/sweep-memberships.ts';
import type { Membership } from '../../../lambdas/application/ports/membership-store.ts';
import type { UserScan } from '../../../lambdas/application/ports/user-scan.ts';
import { channelNamed } from '../../support/ports/channels-suite.ts';
import { makeWorldWithGeneral, type World } from './world.ts';

const LONG_AGO = Date.now() - 60 * 60_000;
const cats = channelNamed('cats');
const { conversationId } = cats;
let world: World;

beforeEach(async () => {
  world = await makeWorldWithGeneral();
  await world.ports.channels.record(cats);
  await new GeneralMembershipWriter(world.ports).addToGeneral(world.meet('bob'));
  await world.connect('bob');
});

const membership = (state: Membership['state'], version = LONG_AGO, id = conversationId): Membership => ({
  userId: 'bob',
  conversationId: id,
  state,
  version,
  joinedAt: new Date(state === 'joined' ? version : version - 1),
});
const subscribe = () => world.listening.subscribeUsers(['bob'], `conversation#${conversationId}`);

/** Users at the places 0, 1, 2 … of the scan, `pageSize` at a time. */
function scanOf(userIds: readonly string[], pageSize = 100): UserScan {
  return {
    usersAfter: async (position, limit) => {
      const from = position === undefined || position < 0n ? 0 : Number(position) + 1;
      const page = userIds.slice(from, from + Math.min(limit, pageSize));
      const last = from + page.length - 1;
      return { userIds: page, next: last < userIds.length - 1 ? BigInt(last) : undefined };
    },
  };
}

const sweep = (userIds: readonly string[] = ['bob'], hasTimeLeft = () => true) => {
  const writer = new GeneralMembershipWriter(world.ports);
  return sweepMemberships({ ...world.ports, writer, users: scanOf(userIds) }, hasTimeLeft);
};
const stateIn = async (place: 'truth' | 'copied', id = conversationId) =>
  (await world[place].find('bob', id))?.state;

describe('the sweep', () => {
  it('finds nothing to repair where nothing failed', async () => {
    const { channel } = await createChannel(world.ports, 'bob', { name: 'dogs' });
    await leaveChannel(world.ports, 'bob', channel!.channelId);
    await joinChannel(world.ports, 'bob', cats.channelId);
    expect(await sweep()).toMatchObject({ repairs: 0, complete: true });
  });

  it('copies what only Cassandra knows, and lets connections hear it', async () => {
    await world.truth.write(membership('joined'));
    expect(await sweep()).toMatchObject({ repairs: 1 });
    expect(await world.copied.find('bob', conversationId)).toEqual({
      ...membership('joined'),
      channel: cats,
    });
    expect(await world.hears('bob', conversationId)).toBe(true);
    expect(await sweep()).toMatchObject({ repairs: 0 });
  });

  it('completes a leaving that the copy did not hear of', async () => {
    await world.copied.write({ ...membership('joined'), channel: cats });
    await subscribe();
    await world.truth.write(membership('left', LONG_AGO + 1));
    expect(await sweep()).toMatchObject({ repairs: 1 });
    expect(await stateIn('copied')).toBe('left');
    expect(await world.hears('bob', conversationId)).toBe(false);
  });

  it('leaves a joining alone that may still be under way', async () => {
    await world.copied.write({ ...membership('joined', Date.now()), channel: cats });
    await subscribe();
    expect(await sweep()).toMatchObject({ repairs: 0 });
    expect(await stateIn('copied')).toBe('joined');
  });

  it('takes back a joining that was given up half way long ago', async () => {
    await world.copied.write({ ...membership('joined'), channel: cats });
    await subscribe();
    expect(await sweep()).toMatchObject({ repairs: 1 });
    expect([await stateIn('truth'), await stateIn('copied')]).toEqual(['left', 'left']);
    expect(await world.hears('bob', conversationId)).toBe(false);
    await joinChannel(world.ports, 'bob', cats.channelId);
    expect([await stateIn('truth'), await stateIn('copied')]).toEqual(['joined', 'joined']);
  });

  it('completes the opening of a direct message, which nobody can leave', async () => {
    await world.copied.write(membership('joined', LONG_AGO, 'dm:ada:bob'));
    expect(await sweep()).toMatchObject({ repairs: 1 });
    expect([await stateIn('truth', 'dm:ada:bob'), await stateIn('copied', 'dm:ada:bob')]).toEqual([
      'joined',
      'joined',
    ]);
    expect(await world.hears('bob', 'dm:ada:bob')).toBe(true);
  });

  it('lets Cassandra win over a copy that says the opposite with a newer version', async () => {
    await world.truth.write(membership('joined'));
    await world.copied.write(membership('left', LONG_AGO + 5));
    await sweep();
    expect([await stateIn('truth'), await stateIn('copied')]).toEqual(['joined', 'joined']);
  });

  it('adds to general who is missing there, or whose copy is', async () => {
    world.dynamodb.interruptAfter(0);
    await new GeneralMembershipWriter(world.ports).addToGeneral('cy');
    world.dynamodb.resume();
    expect(await sweep(['bob', 'cy', 'dee'])).toMatchObject({ repairs: 2 });
    for (const userId of ['cy', 'dee']) {
      expect((await world.truth.find(userId, GENERAL_CONVERSATION_ID))?.state).toBe('joined');
      expect(await world.copied.find(userId, GENERAL_CONVERSATION_ID)).toMatchObject({
        state: 'joined',
        channel: { name: 'general' },
      });
    }
  });

  it('never undoes what the user does meanwhile', async () => {
    await world.truth.write(membership('joined'));
    const { copy } = world.ports;
    let acted = false;
    const copyMeanwhileLeft = new Proxy(copy, {
      get:
        (target, name) =>
        async (...values: unknown[]) => {
          const method = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
          const result = await method.apply(target, values);
          if (name === 'write' && !acted) {
            acted = true;
            await leaveChannel(world.ports, 'bob', cats.channelId);
          }
          return result;
        },
    });
    const writer = new GeneralMembershipWriter(world.ports);
    await sweepMemberships(
      { ...world.ports, copy: copyMeanwhileLeft, writer, users: scanOf(['bob']) },
      () => true,
    );
    expect(acted).toBe(true);
    expect([await stateIn('truth'), await stateIn('copied')]).toEqual(['left', 'left']);
    expect(await world.hears('bob', conversationId)).toBe(false);
  });

  it('comes by all users, wherever it begins', async () => {
    const userIds = Array.from({ length: 250 }, (_, index) => `user-${index}`);
    expect(await sweep(userIds)).toMatchObject({ complete: true });
    for (const userId of userIds) {
      expect((await world.truth.find(userId, GENERAL_CONVERSATION_ID))?.state).toBe('joined');
    }
  });

  it('stops when its time is over', async () => {
    let pages = 0;
    const userIds = Array.from({ length: 250 }, (_, index) => `user-${index}`);
    expect(await sweep(userIds, () => ++pages <= 1)).toMatchObject({ complete: false });
  });

  it('fails with a store away', async () => {
    world.dynamodb.interruptAfter(0);
    await expect(sweep()).rejects.toMatchObject({ store: 'dynamodb' });
  });
});
