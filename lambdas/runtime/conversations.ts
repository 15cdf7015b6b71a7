import { CassandraChannels } from '../adapters/cassandra/cassandra-channels.ts';
import { CassandraConversationHeads } from '../adapters/cassandra/cassandra-conversation-heads.ts';
import { CassandraMembershipStore } from '../adapters/cassandra/cassandra-membership-store.ts';
import { CassandraReadMarkers } from '../adapters/cassandra/cassandra-read-markers.ts';
import { CassandraUnreadMessages } from '../adapters/cassandra/cassandra-unread-messages.ts';
import { CassandraUserScan } from '../adapters/cassandra/cassandra-user-scan.ts';
import { RememberedChannels } from '../adapters/membership/remembered-channels.ts';
import { SharedConversationHeads } from '../adapters/reading/shared-conversation-heads.ts';
import type { Channels } from '../application/ports/channels.ts';
import type { ConversationHeads } from '../application/ports/conversation-heads.ts';
import type { MembershipStore } from '../application/ports/membership-store.ts';
import type { ReadMarkers } from '../application/ports/read-markers.ts';
import type { UnreadMessages } from '../application/ports/unread-messages.ts';
import type { UserScan } from '../application/ports/user-scan.ts';
import { cassandra } from './cassandra.ts';
import { once } from './once.ts';

/** What functions that reach Cassandra know of conversations; those that reach DynamoDB too have files of their own. */
export const channels = once((): Channels => new RememberedChannels(new CassandraChannels(cassandra())));
export const memberships = once((): MembershipStore => new CassandraMembershipStore(cassandra()));
export const readMarkers = once((): ReadMarkers => new CassandraReadMarkers(cassandra()));
export const heads = once(
  (): ConversationHeads => new SharedConversationHeads(new CassandraConversationHeads(cassandra())),
);
export const unread = once((): UnreadMessages => new CassandraUnreadMessages(cassandra()));
export const userScan = once((): UserScan => new CassandraUserScan(cassandra()));
