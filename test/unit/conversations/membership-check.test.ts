import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MEMBERSHIP_READ_TIMEOUT_MS, MEMBERSHIP_REMEMBERED_MS } from '../../../core/contract/limits.ts';
import { GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import { TwoStoreMembershipCheck } from '../../../lambdas/adapters/membership/membership-check.ts';
import type { Membership, MembershipStore } from '../../../lambdas/application/ports/membership-store.ts';
import { channelNamed } from '../../support/ports/channels-suite.ts';
import { makeWorld } from './world.ts';

const cats = channelNamed('cats');
const { conversationId } = cats;
const joined = (userId: string, id = conversationId): Membership => ({
  userId,
  conversationId: id,
  state: 'joined',
  version: 1,
  joinedAt: new Date(1),
});

async function makeCheck() {
  const world = makeWorld();
  await world.ports.channels.record(cats);
  let now = 0;
  let copyAsked = 0;
  const { memberships, copy, channels } = world.ports;
  const options = { memberships, copy, channels, now: () => now, onCopyAsked: () => (copyAsked += 1) };
  const check = new TwoStoreMembershipCheck(options);
  return {
    world,
    options,
    check,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    copyAsked: () => copyAsked,
  };
}

describe('the standing of a user', () => {
  it('in a channel is that of its membership, if the channel exists', async () => {
    const { world, check } = await makeCheck();
    expect(await check.standingOf('ada', conversationId)).toBe('not-a-member');
    await world.truth.write(joined('ada'));
    expect(await check.standingOf('ada', conversationId)).toBe('member');
    await world.truth.write({ ...joined('bob'), state: 'left' });
    expect(await check.standingOf('bob', conversationId)).toBe('not-a-member');
    expect(await check.standingOf('ada', channelNamed('none').conversationId)).toBe('unknown');
  });

  it('in a direct message is only told to its two users, once it was opened', async () => {
    const { world, check } = await makeCheck();
    expect(await check.standingOf('ada', 'dm:ada:bob')).toBe('unknown');
    await world.truth.write(joined('ada', 'dm:ada:bob'));
    await world.truth.write(joined('eve', 'dm:ada:bob'));
    expect(await check.standingOf('ada', 'dm:ada:bob')).toBe('member');
    expect(await check.standingOf('eve', 'dm:ada:bob')).toBe('unknown');
    expect(await check.standingOf('ada', 'dm:bob:ada')).toBe('unknown');
  });

  it('in general is that of a member, with every store away', async () => {
    const { world, check } = await makeCheck();
    world.cassandra.interruptAfter(0);
    world.dynamodb.interruptAfter(0);
    expect(await check.standingOf('anyone', GENERAL_CONVERSATION_ID)).toBe('member');
  });

  it('comes from the copy while Cassandra is away, and that is counted', async () => {
    const { world, check, copyAsked } = await makeCheck();
    await world.copied.write(joined('ada'));
    await world.copied.write(joined('ada', 'dm:ada:bob'));
    await world.copied.write({ ...joined('bob'), state: 'left' });
    world.cassandra.interruptAfter(0);
    expect(await check.standingOf('ada', conversationId)).toBe('member');
    expect(await check.standingOf('ada', 'dm:ada:bob')).toBe('member');
    expect(await check.standingOf('bob', conversationId)).toBe('not-a-member');
    expect(await check.standingOf('cy', conversationId)).toBe('not-a-member');
    expect(await check.standingOf('cy', 'dm:ada:cy')).toBe('unknown');
    expect(copyAsked()).toBe(5);
  });

  it('can not be told with both stores away', async () => {
    const { world, check } = await makeCheck();
    world.cassandra.interruptAfter(0);
    world.dynamodb.interruptAfter(0);
    await expect(check.standingOf('ada', conversationId)).rejects.toMatchObject({ retryable: true });
  });

  it('counts as the truth says, whatever the copy says', async () => {
    const { world, check, copyAsked } = await makeCheck();
    await world.copied.write(joined('ada'));
    expect(await check.standingOf('ada', conversationId)).toBe('not-a-member');
    expect(copyAsked()).toBe(0);
  });

  it('is remembered of a member for a moment, counted from the question', async () => {
    const { world, check, pass } = await makeCheck();
    await world.truth.write(joined('ada'));
    await check.standingOf('ada', conversationId);
    await world.truth.write({ ...joined('ada'), state: 'left', version: 2 });
    pass(MEMBERSHIP_REMEMBERED_MS - 1);
    expect(await check.standingOf('ada', conversationId)).toBe('member');
    expect(await check.standingOf('bob', conversationId)).toBe('not-a-member');
    pass(1);
    expect(await check.standingOf('ada', conversationId)).toBe('not-a-member');
  });

  it('is no longer remembered for having taken long to tell', async () => {
    const { world, options, pass } = await makeCheck();
    await world.truth.write(joined('ada'));
    const find: MembershipStore['find'] = async (userId, id) => {
      const answer = await world.truth.find(userId, id);
      pass(MEMBERSHIP_REMEMBERED_MS - 1);
      return answer;
    };
    const memberships = Object.assign(Object.create(world.truth), { find });
    const check = new TwoStoreMembershipCheck({ ...options, memberships });
    expect(await check.standingOf('ada', conversationId)).toBe('member');
    await world.truth.write({ ...joined('ada'), state: 'left', version: 2 });
    pass(1);
    expect(await check.standingOf('ada', conversationId)).toBe('not-a-member');
  });

  it('is never remembered of somebody who is no member', async () => {
    const { world, check } = await makeCheck();
    await check.standingOf('ada', conversationId);
    await world.truth.write(joined('ada'));
    expect(await check.standingOf('ada', conversationId)).toBe('member');
  });
});

describe('a Cassandra that is slow', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function makeSlowCheck() {
    const made = await makeCheck();
    let answer: (membership: Membership) => void = () => undefined;
    const find = () =>
      new Promise<Membership>((resolve) => {
        answer = resolve;
      });
    const check = new TwoStoreMembershipCheck({
      ...made.options,
      memberships: Object.assign(Object.create(made.world.truth), { find }),
    });
    return { ...made, check, answer: (membership: Membership) => answer(membership) };
  }

  it('is waited for no longer than the copy needs to be asked', async () => {
    const { world, check, copyAsked } = await makeSlowCheck();
    await world.copied.write(joined('ada'));
    const standing = check.standingOf('ada', conversationId);
    await vi.advanceTimersByTimeAsync(MEMBERSHIP_READ_TIMEOUT_MS - 1);
    expect(copyAsked()).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(await standing).toBe('member');
    expect(copyAsked()).toBe(1);
  });

  it('is waited for when the copy is away too', async () => {
    const { world, check, answer } = await makeSlowCheck();
    world.dynamodb.interruptAfter(0);
    const standing = check.standingOf('ada', conversationId);
    await vi.advanceTimersByTimeAsync(MEMBERSHIP_READ_TIMEOUT_MS);
    answer(joined('ada'));
    expect(await standing).toBe('member');
  });
});
