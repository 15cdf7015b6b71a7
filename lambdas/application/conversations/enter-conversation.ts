import type { Channel } from '../../../core/contract/conversations.ts';
import type { ConversationId, UserId } from '../../../core/contract/ids.ts';
import { conversationAudience } from '../../../core/domain/audience.ts';
import type { ConversationHeads } from '../ports/conversation-heads.ts';
import type { LiveConnections } from '../ports/live-connections.ts';
import type { MembershipCopy } from '../ports/membership-copy.ts';
import type { Membership, MembershipStore } from '../ports/membership-store.ts';
import type { ReadMarkers } from '../ports/read-markers.ts';
import { joinedMembership } from './membership-change.ts';

export interface EnterPorts {
  readonly memberships: MembershipStore;
  readonly copy: MembershipCopy;
  readonly live: LiveConnections;
  readonly heads: ConversationHeads;
  readonly readMarkers: ReadMarkers;
}

export interface EnterInput {
  /** Who asks, and in a direct message the peer too. */
  readonly userIds: readonly [UserId, ...UserId[]];
  readonly conversationId: ConversationId;
  /** Absent for a direct message. */
  readonly channel?: Channel;
}

/** One user's part in it. */
export interface Entry {
  readonly membership: Membership;
  /** False: it was a member before. */
  readonly isNew: boolean;
}

/**
 * Makes the users members of a conversation: their copies first, then their live connections, then the truth. So a
 * member by the truth hears everything, and who asks again after a failure half way is still about to join.
 *
 * @returns an entry for each user, in the order given
 * @throws {StoreUnavailableError} if Cassandra or DynamoDB is away; nobody then is worse off than before, and doing it
 *   again finishes it
 */
export async function enterConversation(
  ports: EnterPorts,
  { userIds, conversationId, channel }: EnterInput,
): Promise<readonly [Entry, ...Entry[]]> {
  const [asker, ...others] = userIds;
  const entries: readonly [Entry, ...Entry[]] = [
    await entryOf(ports, asker, conversationId),
    ...(await Promise.all(others.map((userId) => entryOf(ports, userId, conversationId)))),
  ];
  const newOnes = entries.filter(({ isNew }) => isNew);
  // Whoever comes to a channel has nothing to catch up on; a direct message waits to be read from its beginning.
  if (channel !== undefined && newOnes.length > 0) await markAsRead(ports, newOnes, conversationId);
  await writeJoined(
    ports,
    entries.map(({ membership }) => membership),
    channel,
  );
  return entries;
}

/**
 * Brings copy, live connections and truth to say that these memberships of one conversation exist, in this order.
 *
 * @throws {StoreUnavailableError} if Cassandra or DynamoDB is away
 */
export async function writeJoined(
  ports: Pick<EnterPorts, 'memberships' | 'copy' | 'live'>,
  memberships: readonly Membership[],
  channel: Channel | undefined,
): Promise<void> {
  const copied = channel === undefined ? {} : { channel };
  await Promise.all(memberships.map((membership) => ports.copy.write({ ...membership, ...copied })));
  await Promise.all(
    memberships.map(({ userId, conversationId }) =>
      ports.live.subscribeUsers([userId], conversationAudience(conversationId)),
    ),
  );
  await Promise.all(memberships.map((membership) => ports.memberships.write(membership)));
}

async function entryOf(
  { memberships, copy }: EnterPorts,
  userId: UserId,
  conversationId: ConversationId,
): Promise<Entry> {
  const [truth, copied] = await Promise.all([
    memberships.find(userId, conversationId),
    copy.find(userId, conversationId),
  ]);
  return {
    membership: joinedMembership(userId, conversationId, { truth, copy: copied }, Date.now()),
    isNew: truth?.state !== 'joined',
  };
}

async function markAsRead(
  { heads, readMarkers }: EnterPorts,
  entries: readonly Entry[],
  conversationId: ConversationId,
): Promise<void> {
  const head = await heads.headOf(conversationId);
  if (head === undefined) return;
  await Promise.all(
    entries.map(({ membership }) => readMarkers.move(membership.userId, conversationId, head.messageId)),
  );
}
