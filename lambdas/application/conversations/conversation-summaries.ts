import type { Channel, ConversationSummary } from '../../../core/contract/conversations.ts';
import type { ConversationId, MessageId, UserId } from '../../../core/contract/ids.ts';
import type { Profile } from '../../../core/contract/users.ts';
import { addressOf, peerOf } from '../../../core/domain/conversation.ts';
import { previewOf } from '../../../core/domain/message-preview.ts';
import { forEachConcurrently } from '../concurrency.ts';
import type { Channels } from '../ports/channels.ts';
import type { ConversationHeads } from '../ports/conversation-heads.ts';
import type { Membership } from '../ports/membership-store.ts';
import type { Profiles } from '../ports/profiles.ts';
import type { ReadMarkers } from '../ports/read-markers.ts';
import type { UnreadMessages } from '../ports/unread-messages.ts';

export interface SummaryPorts {
  readonly channels: Channels;
  readonly profiles: Profiles;
  readonly heads: ConversationHeads;
  readonly readMarkers: ReadMarkers;
  readonly unread: UnreadMessages;
}

/** What a summary begins with. */
export interface SummaryBase {
  readonly conversationId: ConversationId;
  readonly joinedAt: Date;
}

/** Conversations of one list that are read at the same time. */
const CONCURRENCY = 32;

/**
 * The rows of a user's side bar, in the order given: what each conversation is, its last message, the user's read marker
 * and how much is unread. Unread messages are counted only where the last message stands after the marker.
 *
 * @throws {StoreUnavailableError} if Cassandra is away
 */
export async function summariesFromTruth(
  ports: SummaryPorts,
  userId: UserId,
  conversations: readonly SummaryBase[],
): Promise<ConversationSummary[]> {
  const [peers, markers] = await Promise.all([
    ports.profiles.profilesOf(peersIn(conversations, userId)),
    ports.readMarkers.listOf(userId),
  ]);
  const summaries = new Map<ConversationId, ConversationSummary>();
  await forEachConcurrently(conversations, CONCURRENCY, async (conversation) => {
    const { conversationId } = conversation;
    summaries.set(
      conversationId,
      await summarize(ports, userId, conversation, markers.get(conversationId), peers),
    );
  });
  return conversations.flatMap(({ conversationId }) => summaries.get(conversationId) ?? []);
}

/**
 * One row of a user's side bar.
 *
 * @throws {StoreUnavailableError} if Cassandra is away
 */
export async function summaryFromTruth(
  ports: SummaryPorts,
  membership: Membership,
): Promise<ConversationSummary> {
  const { userId, conversationId } = membership;
  const [peers, marker] = await Promise.all([
    ports.profiles.profilesOf(peersIn([membership], userId)),
    ports.readMarkers.find(userId, conversationId),
  ]);
  return summarize(ports, userId, membership, marker, peers);
}

async function summarize(
  ports: SummaryPorts,
  userId: UserId,
  conversation: SummaryBase,
  readMarker: MessageId | undefined,
  peers: ReadonlyMap<UserId, Profile>,
): Promise<ConversationSummary> {
  const { conversationId } = conversation;
  const [channel, head] = await Promise.all([
    channelOf(ports, conversationId),
    ports.heads.headOf(conversationId),
  ]);
  const hasUnread = head !== undefined && (readMarker === undefined || head.messageId > readMarker);
  return {
    ...summaryOf(userId, conversation, channel, peers),
    ...(head === undefined ? {} : { lastMessage: previewOf(head) }),
    ...(readMarker === undefined ? {} : { readMarker }),
    unreadCount: hasUnread ? await ports.unread.countAfter(userId, conversationId, readMarker) : 0,
  };
}

/** What a conversation is, without what only Cassandra knows: its last message, the read marker and the unread count. */
export function summaryOf(
  userId: UserId,
  { conversationId, joinedAt }: SummaryBase,
  channel: Channel | undefined,
  peers: ReadonlyMap<UserId, Profile>,
): ConversationSummary {
  const peerId = peerIn(conversationId, userId);
  return {
    conversationId,
    ...(channel === undefined ? {} : { channel }),
    ...(peerId === undefined ? {} : { peer: peers.get(peerId) ?? nameless(peerId) }),
    joinedAt: joinedAt.toISOString(),
  };
}

/** The other users of the direct messages among the conversations. */
export function peersIn(conversations: readonly SummaryBase[], userId: UserId): UserId[] {
  return conversations.flatMap(({ conversationId }) => peerIn(conversationId, userId) ?? []);
}

function peerIn(conversationId: ConversationId, userId: UserId): UserId | undefined {
  const address = addressOf(conversationId);
  return address === undefined ? undefined : peerOf(address, userId);
}

async function channelOf(
  { channels }: SummaryPorts,
  conversationId: ConversationId,
): Promise<Channel | undefined> {
  const address = addressOf(conversationId);
  return address?.kind === 'channel' ? channels.find(address.channelId) : undefined;
}

/** Stands in for somebody whose profile can't be had at the moment. */
function nameless(userId: UserId): Profile {
  return { userId, firstName: userId, lastName: '' };
}
