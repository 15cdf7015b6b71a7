import { describe, expect, it } from 'vitest';
import { conversationsResponseSchema } from '../../../core/contract/conversations.ts';
import { CONVERSATIONS_MAX, PREVIEW_MAX_CODE_POINTS } from '../../../core/contract/limits.ts';
import { GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import { GeneralMembershipWriter } from '../../../lambdas/adapters/membership/general-membership-writer.ts';
import { createChannel } from '../../../lambdas/application/conversations/create-channel.ts';
import { joinChannel } from '../../../lambdas/application/conversations/join-channel.ts';
import { leaveChannel } from '../../../lambdas/application/conversations/leave-channel.ts';
import {
  type ListConversationsPorts,
  listConversations,
} from '../../../lambdas/application/conversations/list-conversations.ts';
import { openDirectMessage } from '../../../lambdas/application/conversations/open-direct-message.ts';
import { awayProfiles, idAt, makeWorldWithGeneral, messageAt, type World } from './world.ts';

/** `bob` is in `general`, `cats` and `ants`, has left `dogs`, writes with `ada` and keeps a notebook. */
async function bobsWorld() {
  const world = await makeWorldWithGeneral();
  for (const userId of ['ada', 'bob']) {
    world.meet(userId);
    await new GeneralMembershipWriter(world.ports).addToGeneral(userId);
  }
  const ids: Record<string, string> = {};
  for (const name of ['cats', 'ants', 'dogs', 'eels']) {
    const { conversationId, channel } = await createChannel(world.ports, 'ada', { name });
    ids[name] = conversationId;
    await world.store(conversationId, 1, 'ada');
    if (name !== 'eels') await joinChannel(world.ports, 'bob', channel!.channelId);
    if (name === 'dogs') await leaveChannel(world.ports, 'bob', channel!.channelId);
  }
  await openDirectMessage(world.ports, 'ada', 'bob');
  await openDirectMessage(world.ports, 'bob', 'bob');
  return { world, cats: ids.cats!, ants: ids.ants! };
}

const list = async (world: World, ports: Partial<ListConversationsPorts> = {}) => {
  const response = await listConversations({ ...world.ports, ...ports }, 'bob');
  expect(conversationsResponseSchema.parse(response)).toEqual(response);
  return response;
};
const idsIn = ({ conversations }: Awaited<ReturnType<typeof list>>) =>
  conversations.map(({ channel, peer }) => channel?.name ?? peer?.userId);

describe('the list of conversations', () => {
  it('has what one is in: channels by name, then direct messages', async () => {
    const { world } = await bobsWorld();
    const response = await list(world);
    expect(idsIn(response)).toEqual(['ants', 'cats', 'general', 'ada', 'bob']);
    expect(response.catchingUp).toBe(false);
  });

  it("tells last message, read marker and others' unread messages", async () => {
    const { world, cats, ants } = await bobsWorld();
    const read = world.messages.heads.get(cats)?.messageId;
    await world.store(cats, 2, 'ada');
    await world.store(cats, 3, 'bob');
    const last = await world.store(cats, 4, 'ada');
    await world.store('dm:ada:bob', 9, 'ada');
    const rows = new Map((await list(world)).conversations.map((row) => [row.conversationId, row]));
    expect(rows.get(cats)).toMatchObject({ lastMessage: last, readMarker: read, unreadCount: 2 });
    expect(rows.get(ants)).toMatchObject({ readMarker: expect.any(String), unreadCount: 0 });
    expect(rows.get('dm:ada:bob')).toMatchObject({ unreadCount: 1, peer: { firstName: 'ada' } });
    expect(rows.get('dm:ada:bob')).not.toHaveProperty('readMarker');
    expect(rows.get('dm:bob:bob')).toMatchObject({ unreadCount: 0 });
    expect(rows.get('dm:bob:bob')).not.toHaveProperty('lastMessage');
  });

  it('asks for unread messages only where the last message is after the marker', async () => {
    const { world, cats } = await bobsWorld();
    const asked: string[] = [];
    const countAfter = async (_reader: string, conversationId: string) => {
      asked.push(conversationId);
      return 7;
    };
    await world.store(cats, 2, 'ada');
    await list(world, { unread: { countAfter } });
    expect(asked).toEqual([cats]);
  });

  it('shows the beginning of a long last message, cut between characters', async () => {
    const { world, cats, ants } = await bobsWorld();
    const long = { ...messageAt(cats, 2, 'ada'), content: '\u{1f600}'.repeat(PREVIEW_MAX_CODE_POINTS + 1) };
    const fitting = { ...messageAt(ants, 2, 'ada'), content: 'x'.repeat(PREVIEW_MAX_CODE_POINTS) };
    for (const message of [long, fitting]) {
      await world.messages.writeOverview(message.conversationId, { buckets: [], head: message });
    }
    const rows = new Map((await list(world)).conversations.map((row) => [row.conversationId, row]));
    expect(rows.get(cats)?.lastMessage).toEqual({
      ...long,
      content: '\u{1f600}'.repeat(PREVIEW_MAX_CODE_POINTS),
      truncated: true,
    });
    expect(rows.get(ants)?.lastMessage).toEqual(fitting);
  });

  it.each([true, false])(
    'has general and the newest of more than it holds, Cassandra there: %s',
    async (isThere) => {
      const world = await makeWorldWithGeneral();
      const memberships = Array.from({ length: CONVERSATIONS_MAX + 2 }, (_, day) => ({
        userId: 'bob',
        conversationId: `dm:bob:user-${String(day).padStart(4, '0')}`,
        joinedAt: new Date(Date.UTC(2020, 0, 1 + day)),
        state: 'joined' as const,
        version: 1,
      }));
      const head = messageAt('dm:bob:user-0000', 1, 'user-0000');
      await world.messages.writeOverview('dm:bob:user-0000', { buckets: [], head });
      for (const membership of memberships) {
        await world.truth.write(membership);
        await world.copied.write(membership);
      }
      if (!isThere) world.cassandra.interruptAfter(0);
      const response = await list(world);
      expect(response).toMatchObject({ leftOut: 3, conversations: { length: CONVERSATIONS_MAX } });
      const ids = new Set(idsIn(response));
      expect(ids.has('general')).toBe(true);
      // Only Cassandra knows that the oldest one has the newest message.
      const leftOut = memberships
        .map(({ conversationId }) => conversationId.slice('dm:bob:'.length))
        .filter((id) => !ids.has(id));
      expect(leftOut).toEqual(
        isThere ? ['user-0001', 'user-0002', 'user-0003'] : ['user-0000', 'user-0001', 'user-0002'],
      );
    },
  );

  it('has general even for somebody without any row', async () => {
    const world = await makeWorldWithGeneral();
    const response = await list(world);
    expect(response.conversations).toMatchObject([
      { conversationId: GENERAL_CONVERSATION_ID, channel: { name: 'general' } },
    ]);
  });

  it('says so when the store function lags', async () => {
    const { world } = await bobsWorld();
    world.storeFallsBehind();
    expect(await list(world)).toMatchObject({ catchingUp: true, conversations: { length: 5 } });
  });

  it('comes from the copy while Cassandra is away, without what only Cassandra knows', async () => {
    const { world } = await bobsWorld();
    const before = await list(world);
    world.cassandra.interruptAfter(0);
    const response = await list(world, { profiles: awayProfiles(new Map([...world.people].slice(0, 1))) });
    expect(response.catchingUp).toBe(true);
    expect(idsIn(response)).toEqual(idsIn(before));
    for (const [index, row] of response.conversations.entries()) {
      const { lastMessage, readMarker, unreadCount, ...rest } = before.conversations[index]!;
      const known =
        rest.peer?.userId === 'bob' ? { peer: { userId: 'bob', firstName: 'bob', lastName: '' } } : {};
      expect(row).toEqual({ ...rest, ...known });
    }
  });

  it('has general in the copy too, for somebody without any item', async () => {
    const world = await makeWorldWithGeneral();
    world.cassandra.interruptAfter(0);
    expect((await list(world)).conversations).toMatchObject([{ channel: { name: 'general' } }]);
  });

  it('also comes from the copy when Cassandra goes in the middle of it', async () => {
    const { world } = await bobsWorld();
    for (let calls = 0; ; calls += 1) {
      world.cassandra.interruptAfter(calls);
      const response = await list(world);
      if (world.cassandra.resume() === 0) break;
      expect(response).toMatchObject({ catchingUp: true, conversations: { length: 5 } });
    }
  });

  it('can not be told with both stores away', async () => {
    const { world } = await bobsWorld();
    world.cassandra.interruptAfter(0);
    world.dynamodb.interruptAfter(0);
    await expect(list(world)).rejects.toMatchObject({ code: 'membership_unavailable' });
  });

  it('needs no DynamoDB while Cassandra is there', async () => {
    const { world } = await bobsWorld();
    world.dynamodb.interruptAfter(0);
    expect(await list(world)).toMatchObject({ catchingUp: false, conversations: { length: 5 } });
  });
});

describe('a new user', () => {
  it('has nothing unread in general, and its messages from then on', async () => {
    const world = await makeWorldWithGeneral();
    await world.store(GENERAL_CONVERSATION_ID, 1, 'ada');
    await new GeneralMembershipWriter(world.ports).addToGeneral('bob');
    expect((await list(world)).conversations).toMatchObject([{ unreadCount: 0, readMarker: idAt(1) }]);
    await world.store(GENERAL_CONVERSATION_ID, 2, 'ada');
    await new GeneralMembershipWriter(world.ports).addToGeneral('bob');
    expect((await list(world)).conversations).toMatchObject([{ unreadCount: 1 }]);
  });

  it('is added to general with DynamoDB away', async () => {
    const world = await makeWorldWithGeneral();
    world.dynamodb.interruptAfter(0);
    await new GeneralMembershipWriter(world.ports).addToGeneral('bob');
    expect((await world.truth.find('bob', GENERAL_CONVERSATION_ID))?.state).toBe('joined');
  });

  it('is not added with Cassandra away', async () => {
    const world = await makeWorldWithGeneral();
    world.cassandra.interruptAfter(0);
    await expect(new GeneralMembershipWriter(world.ports).addToGeneral('bob')).rejects.toMatchObject({
      store: 'cassandra',
    });
  });
});
