import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { conversationsResponseSchema } from '../../../core/contract/conversations.ts';
import type { Signal } from '../../../core/contract/events.ts';
import type { Message } from '../../../core/contract/messages.ts';
import { conversationAudience, userAudience } from '../../../core/domain/audience.ts';
import { GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import { Cassandra } from '../../../lambdas/adapters/cassandra/cassandra.ts';
import { CassandraChannels } from '../../../lambdas/adapters/cassandra/cassandra-channels.ts';
import { CassandraConversationHeads } from '../../../lambdas/adapters/cassandra/cassandra-conversation-heads.ts';
import { CassandraMembershipStore } from '../../../lambdas/adapters/cassandra/cassandra-membership-store.ts';
import { CassandraMessageStore } from '../../../lambdas/adapters/cassandra/cassandra-message-store.ts';
import { CassandraReadMarkers } from '../../../lambdas/adapters/cassandra/cassandra-read-markers.ts';
import { CassandraUnreadMessages } from '../../../lambdas/adapters/cassandra/cassandra-unread-messages.ts';
import { CassandraUserScan } from '../../../lambdas/adapters/cassandra/cassandra-user-scan.ts';
import { CassandraClaims } from '../../../lambdas/adapters/cassandra/claims.ts';
import { DynamoLiveConnections } from '../../../lambdas/adapters/dynamodb/dynamo-live-connections.ts';
import { DynamoMembershipCopy } from '../../../lambdas/adapters/dynamodb/dynamo-membership-copy.ts';
import { GeneralMembershipWriter } from '../../../lambdas/adapters/membership/general-membership-writer.ts';
import { TwoStoreMembershipCheck } from '../../../lambdas/adapters/membership/membership-check.ts';
import { RememberedChannels } from '../../../lambdas/adapters/membership/remembered-channels.ts';
import { createChannel } from '../../../lambdas/application/conversations/create-channel.ts';
import { ensureGeneral } from '../../../lambdas/application/conversations/ensure-general.ts';
import { findChannels } from '../../../lambdas/application/conversations/find-channels.ts';
import { joinChannel } from '../../../lambdas/application/conversations/join-channel.ts';
import { leaveChannel } from '../../../lambdas/application/conversations/leave-channel.ts';
import { listConversations } from '../../../lambdas/application/conversations/list-conversations.ts';
import { listMembers } from '../../../lambdas/application/conversations/list-members.ts';
import { moveReadMarker } from '../../../lambdas/application/conversations/move-read-marker.ts';
import { openConnection } from '../../../lambdas/application/conversations/open-connection.ts';
import { openDirectMessage } from '../../../lambdas/application/conversations/open-direct-message.ts';
import { sweepMemberships } from '../../../lambdas/application/conversations/sweep-memberships.ts';
import { makeTemporaryKeyspace, type TemporaryKeyspace } from '../../support/temporary-keyspace.ts';
import { makeTemporaryTables, type TemporaryTables } from '../../support/temporary-tables.ts';

const stores = inject('stores');
let keyspace: TemporaryKeyspace;
let tables: TemporaryTables;
const signals: Signal[] = [];

/** The adapters as the runtime composes them; people and signals, which have suites of their own, in memory. */
function portsOn(cassandra: Cassandra) {
  const memberships = new CassandraMembershipStore(cassandra);
  const channels = new RememberedChannels(new CassandraChannels(cassandra));
  const copy = new DynamoMembershipCopy(tables.client, tables.tableName('memberships'));
  const ports = {
    memberships,
    channels,
    copy,
    live: new DynamoLiveConnections(tables.client, tables.tableName('liveAudiences')),
    claims: new CassandraClaims(cassandra),
    heads: new CassandraConversationHeads(cassandra),
    readMarkers: new CassandraReadMarkers(cassandra),
    unread: new CassandraUnreadMessages(cassandra),
    users: new CassandraUserScan(cassandra),
    membershipCheck: new TwoStoreMembershipCheck({
      memberships,
      channels,
      copy,
      onCopyAsked: () => undefined,
    }),
    profiles: {
      profilesOf: async (userIds: readonly string[]) =>
        new Map(userIds.map((userId) => [userId, { userId, firstName: userId, lastName: 'Person' }])),
    },
    logProgress: { note: async () => undefined, isStoreBehind: async () => false },
    untilForgotten: async () => undefined,
    signalLog: {
      announce: async (announced: readonly Signal[]) => {
        signals.push(...announced);
      },
    },
  };
  return { ...ports, writer: new GeneralMembershipWriter(ports) };
}
let ports: ReturnType<typeof portsOn>;

beforeAll(async () => {
  keyspace = await makeTemporaryKeyspace(stores);
  tables = await makeTemporaryTables(stores, ['memberships', 'liveAudiences']);
  ports = portsOn(keyspace.cassandra);
  await ensureGeneral(ports);
});
afterAll(async () => {
  await tables?.remove();
  await keyspace?.remove();
});

async function store(conversationId: string, offset: number, sender: string): Promise<Message> {
  const messageId = messageIdOf({
    generation: 0,
    partition: 1,
    offset: BigInt(offset),
    appendedAt: Date.now(),
  });
  const postedAt = new Date().toISOString();
  const message = { messageId, conversationId, sender, nonce: randomUUID(), content: 'Hey', postedAt };
  const messages = new CassandraMessageStore(keyspace.cassandra);
  if (offset === 1) {
    await messages.openBucket(conversationId, { number: 0, firstId: messageId, count: 0, throughId: '' });
  }
  await messages.writeMessages(conversationId, 0, [message]);
  await messages.writeOverview(conversationId, { buckets: [], head: message });
  return message;
}

const hearsOf = async (conversationId: string) =>
  (await ports.live.listenersOf(conversationAudience(conversationId))).map(({ userId }) => userId).sort();

describe('conversations on the real stores', () => {
  it('people meet, read, leave, and are still told apart with Cassandra away', async () => {
    for (const userId of ['ada', 'bob']) await ports.writer.addToGeneral(userId);
    await openConnection(ports, { connectionId: 'a1', userId: 'ada', sessionId: 's' });
    await openConnection(ports, { connectionId: 'b1', userId: 'bob', sessionId: 's' });

    const { channel, conversationId } = await createChannel(ports, 'ada', {
      name: 'cats',
      topic: 'All of them',
    });
    await expect(createChannel(ports, 'bob', { name: 'cats' })).rejects.toMatchObject({
      code: 'channel_name_taken',
    });
    await expect(createChannel(ports, 'bob', { name: 'general' })).rejects.toMatchObject({
      code: 'channel_name_taken',
    });
    const first = await store(conversationId, 1, 'ada');
    expect(await ports.membershipCheck.standingOf('bob', conversationId)).toBe('not-a-member');
    const found = await findChannels(ports, 'bob', { query: 'ca' });
    expect(found.channels).toEqual([{ ...channel, joined: false }]);

    expect(await joinChannel(ports, 'bob', channel!.channelId)).toMatchObject({
      lastMessage: first,
      readMarker: first.messageId,
      unreadCount: 0,
    });
    expect(await hearsOf(conversationId)).toEqual(['ada', 'bob']);
    const { members } = await listMembers(ports, channel!.channelId, undefined);
    expect(members.map(({ userId }) => userId)).toEqual(['ada', 'bob']);
    await openDirectMessage(ports, 'ada', 'bob');

    const second = await store(conversationId, 2, 'ada');
    const direct = await store('dm:ada:bob', 1, 'ada');
    const listed = await listConversations(ports, 'bob');
    expect(conversationsResponseSchema.parse(listed)).toEqual(listed);
    expect(listed).toMatchObject({
      catchingUp: false,
      conversations: [
        { channel: { name: 'cats', topic: 'All of them' }, lastMessage: second, unreadCount: 1 },
        { conversationId: GENERAL_CONVERSATION_ID, unreadCount: 0 },
        { peer: { userId: 'ada' }, lastMessage: direct, unreadCount: 1 },
      ],
    });
    await moveReadMarker(ports, 'bob', conversationId, second.messageId);
    expect((await listConversations(ports, 'bob')).conversations[0]).toMatchObject({
      readMarker: second.messageId,
      unreadCount: 0,
    });

    await openConnection(ports, { connectionId: 'b2', userId: 'bob', sessionId: 's' });
    expect(await hearsOf(conversationId)).toEqual(['ada', 'bob', 'bob']);
    await leaveChannel(ports, 'bob', channel!.channelId);
    expect(await hearsOf(conversationId)).toEqual(['ada']);
    expect(
      signals.map((signal) => (signal.type === 'membership.changed' ? signal.change : signal.type)),
    ).toEqual(['joined', 'channel.created', 'joined', 'joined', 'joined', 'read-marker.moved', 'left']);

    const away = new Cassandra({
      ...keyspace.options,
      keyspace: keyspace.name,
      contactPoints: ['127.0.0.1'],
      port: 9,
    });
    const without = portsOn(away);
    expect(await without.membershipCheck.standingOf('ada', conversationId)).toBe('member');
    expect(await without.membershipCheck.standingOf('bob', conversationId)).toBe('not-a-member');
    expect(await without.membershipCheck.standingOf('bob', 'dm:ada:bob')).toBe('member');
    const fromCopy = await listConversations(without, 'ada');
    expect(conversationsResponseSchema.parse(fromCopy)).toEqual(fromCopy);
    expect(fromCopy).toMatchObject({
      catchingUp: true,
      conversations: [{ channel }, { channel: { name: 'general' } }, { peer: { userId: 'bob' } }],
    });
    await expect(joinChannel(without, 'bob', channel!.channelId)).rejects.toMatchObject({
      code: 'directory_unavailable',
    });
    await away.close();
  });

  it('the sweep finds every user and brings the copy to what Cassandra says', async () => {
    const joinedAt = new Date(Date.now() - 3_600_000);
    const lost = { userId: 'cy', conversationId: 'dm:ada:cy', version: joinedAt.getTime(), joinedAt };
    for (const userId of ['cy', 'dee']) {
      const cql = 'INSERT INTO users_by_id (user_id, email_id) VALUES (?, ?)';
      await keyspace.cassandra.execute(cql, [userId, `${userId}@example.org`]);
    }
    await ports.memberships.write({ ...lost, state: 'joined' });
    expect(await sweepMemberships(ports, () => true)).toMatchObject({ repairs: 3, complete: true });
    expect(await ports.copy.find('cy', 'dm:ada:cy')).toEqual({ ...lost, state: 'joined' });
    expect((await ports.copy.find('dee', GENERAL_CONVERSATION_ID))?.channel?.name).toBe('general');
    expect(await sweepMemberships(ports, () => true)).toMatchObject({ repairs: 0, complete: true });
  });
});

describe('the functions of the socket', () => {
  it('open, answer and close a connection', async () => {
    Object.assign(process.env, {
      DYNAMODB_ENDPOINT: stores.dynamodb.endpoint,
      TABLE_MEMBERSHIPS: tables.tableName('memberships'),
      TABLE_LIVE_AUDIENCES: tables.tableName('liveAudiences'),
    });
    const connect = await import('../../../lambdas/websocket/connect.lambda.ts');
    const disconnect = await import('../../../lambdas/websocket/disconnect.lambda.ts');
    const { handler: answer } = await import('../../../lambdas/websocket/socket-message.lambda.ts');
    const requestContext = {
      routeKey: '$connect',
      messageId: 'm',
      eventType: 'CONNECT' as const,
      extendedRequestId: 'x',
      requestTime: '',
      messageDirection: 'IN' as const,
      stage: 'ws',
      connectedAt: Date.now(),
      requestTimeEpoch: Date.now(),
      requestId: 'r',
      domainName: 'localhost',
      connectionId: 'f1',
      apiId: 'api',
      authorizer: { userId: 'fay', sessionId: 's1' },
    };
    const event = { requestContext, isBase64Encoded: false };
    expect(await connect.handler(event)).toEqual({ statusCode: 200 });
    expect(await ports.live.listenersOf(userAudience('fay'))).toMatchObject([
      { connectionId: 'f1', userId: 'fay', sessionId: 's1' },
    ]);
    expect(await answer({ ...event, body: '{"type":"ping"}' })).toEqual({
      statusCode: 200,
      body: '{"events":[],"pong":true}',
    });
    expect(await answer({ ...event, body: 'hello' })).toEqual({ statusCode: 200 });
    expect(await disconnect.handler(event)).toEqual({ statusCode: 200 });
    expect(await ports.live.listenersOf(userAudience('fay'))).toEqual([]);
  });
});
