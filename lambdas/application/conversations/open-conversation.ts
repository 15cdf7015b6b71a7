import type { Channel, ConversationSummary } from '../../../core/contract/conversations.ts';
import type { MembershipChanged } from '../../../core/contract/events.ts';
import type { ConversationId, UserId } from '../../../core/contract/ids.ts';
import { announceIfPossible } from '../announce-if-possible.ts';
import type { Membership } from '../ports/membership-store.ts';
import type { SignalLog } from '../ports/signal-log.ts';
import { type SummaryPorts, summaryFromTruth } from './conversation-summaries.ts';
import { enterConversation, type MembershipPlaces } from './enter-conversation.ts';
import { joinedMembership } from './membership-change.ts';

export interface OpenPorts extends MembershipPlaces, SummaryPorts {
  readonly signalLog: SignalLog;
}

export interface OpenInput {
  /** Who asks, and in a direct message the peer too. */
  readonly userIds: readonly [UserId, ...UserId[]];
  readonly conversationId: ConversationId;
  /** Absent for a direct message. */
  readonly channel?: Channel;
}

/** One user's part in it. */
interface Entry {
  readonly membership: Membership;
  /** False: it was a member before. */
  readonly isNew: boolean;
}

/**
 * Makes the users members of a conversation and tells everybody concerned, the users themselves with the row of their
 * side bar. All reading is done before the memberships are written: whoever is in has been announced, or gets no error.
 *
 * @returns the first user's row
 * @throws {StoreUnavailableError} if Cassandra or DynamoDB is away; doing it again finishes it
 */
export async function openConversation(
  ports: OpenPorts,
  { userIds, conversationId, channel }: OpenInput,
): Promise<ConversationSummary> {
  const [asker, ...peers] = userIds;
  const own = await entryOf(ports, asker, conversationId);
  const others = await Promise.all(peers.map((userId) => entryOf(ports, userId, conversationId)));
  // Whoever comes to a channel has nothing to catch up on; a direct message waits to be read from its beginning.
  if (channel !== undefined && own.isNew) await markAsRead(ports, asker, conversationId);

  const conversation = await summaryFromTruth(ports, own.membership);
  const signals = own.isNew ? [joined(asker, conversation)] : [];
  for (const { membership, isNew } of others) {
    if (isNew) signals.push(joined(membership.userId, await summaryFromTruth(ports, membership)));
  }
  const memberships = [own, ...others].map(({ membership }) => membership);
  await enterConversation(ports, memberships, channel);
  if (signals.length > 0) await announceIfPossible(ports.signalLog, signals);
  return conversation;
}

async function entryOf(
  { memberships, copy }: OpenPorts,
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
  { heads, readMarkers }: OpenPorts,
  userId: UserId,
  conversationId: ConversationId,
): Promise<void> {
  const head = await heads.headOf(conversationId);
  if (head !== undefined) await readMarkers.move(userId, conversationId, head.messageId);
}

function joined(userId: UserId, conversation: ConversationSummary): MembershipChanged {
  const { conversationId } = conversation;
  return { type: 'membership.changed', conversationId, userId, change: 'joined', conversation };
}
