import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CassandraChannels } from '../../../lambdas/adapters/cassandra/cassandra-channels.ts';
import { CassandraConversationHeads } from '../../../lambdas/adapters/cassandra/cassandra-conversation-heads.ts';
import { CassandraMembershipStore } from '../../../lambdas/adapters/cassandra/cassandra-membership-store.ts';
import { CassandraMessageStore } from '../../../lambdas/adapters/cassandra/cassandra-message-store.ts';
import { CassandraReadMarkers } from '../../../lambdas/adapters/cassandra/cassandra-read-markers.ts';
import { CassandraUnreadMessages } from '../../../lambdas/adapters/cassandra/cassandra-unread-messages.ts';
import { CassandraUserScan } from '../../../lambdas/adapters/cassandra/cassandra-user-scan.ts';
import { describeChannels } from '../../support/ports/channels-suite.ts';
import { describeMembershipStore } from '../../support/ports/membership-store-suite.ts';
import { describeReadMarkers } from '../../support/ports/read-markers-suite.ts';
import { describeStoredMessages, type StoredMessages } from '../../support/ports/stored-messages-suite.ts';
import { makeTemporaryKeyspace, type TemporaryKeyspace } from '../../support/temporary-keyspace.ts';

const stores = inject('stores');
let keyspace: TemporaryKeyspace;
let likeKeyspaces: TemporaryKeyspace;

beforeAll(async () => {
  keyspace = await makeTemporaryKeyspace(stores);
  likeKeyspaces = await makeTemporaryKeyspace(stores, 'keyspaces');
});
afterAll(async () => {
  await keyspace?.remove();
  await likeKeyspaces?.remove();
});

function storedMessages(): StoredMessages {
  const heads = new CassandraConversationHeads(keyspace.cassandra);
  const unread = new CassandraUnreadMessages(keyspace.cassandra);
  return {
    writer: new CassandraMessageStore(keyspace.cassandra),
    reader: { headOf: heads.headOf.bind(heads), countAfter: unread.countAfter.bind(unread) },
  };
}

describeMembershipStore('Cassandra', () => new CassandraMembershipStore(keyspace.cassandra));
describeReadMarkers('Cassandra', () => new CassandraReadMarkers(keyspace.cassandra));
describeReadMarkers('the Keyspaces dialect', () => new CassandraReadMarkers(likeKeyspaces.cassandra));
describeChannels('Cassandra', () => new CassandraChannels(keyspace.cassandra));
describeStoredMessages('Cassandra', storedMessages);

describe('Cassandra: the scan of users', () => {
  it('comes by every user once, from any place on', async () => {
    const userIds = Array.from({ length: 25 }, (_, index) => `user-${index}`);
    for (const userId of userIds) {
      await keyspace.cassandra.execute('INSERT INTO users_by_id (user_id, email_id) VALUES (?, ?)', [
        userId,
        `${userId}@example.org`,
      ]);
    }
    const scan = new CassandraUserScan(keyspace.cassandra);
    const found: string[] = [];
    const places: bigint[] = [];
    let position: bigint | undefined;
    do {
      const page = await scan.usersAfter(position, 10);
      found.push(...page.userIds);
      position = page.next;
      if (position !== undefined) places.push(position);
    } while (position !== undefined);
    expect([...found].sort()).toEqual([...userIds].sort());
    const { userIds: rest } = await scan.usersAfter(places[0], 100);
    expect(rest).toEqual(found.slice(10));
  });
});
