import type {
  Channel,
  ConversationSummary,
  ConversationsResponse,
} from '../../../core/contract/conversations.ts';
import { GENERAL_CHANNEL_ID, GENERAL_CHANNEL_NAME, type UserId } from '../../../core/contract/ids.ts';
import { CONVERSATIONS_MAX } from '../../../core/contract/limits.ts';
import type { Profile } from '../../../core/contract/users.ts';
import { GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import type { LogProgress } from '../ports/log-progress.ts';
import type { CopiedMembership, MembershipCopy } from '../ports/membership-copy.ts';
import type { Membership, MembershipStore } from '../ports/membership-store.ts';
import type { Profiles } from '../ports/profiles.ts';
import { orProblem, StoreUnavailableError } from '../ports/store-errors.ts';
import {
  peersIn,
  type SummaryBase,
  type SummaryPorts,
  summariesFromTruth,
  summaryOf,
} from './conversation-summaries.ts';

export interface ListConversationsPorts extends SummaryPorts {
  readonly memberships: MembershipStore;
  readonly copy: MembershipCopy;
  readonly logProgress: LogProgress;
}

const AFTER_ALL_TIMES = '~';

/** What is known of `general` without asking anybody; when it was made matters to nobody. */
const GENERAL: Channel = {
  channelId: GENERAL_CHANNEL_ID,
  conversationId: GENERAL_CONVERSATION_ID,
  name: GENERAL_CHANNEL_NAME,
  createdAt: new Date(0).toISOString(),
};

/**
 * A user's side bar: channels by name, then direct messages by user id, the CONVERSATIONS_MAX newest of them. While Cassandra is away it comes
 * from DynamoDB, without last messages, read markers and unread counts, and says `catchingUp`.
 *
 * @throws {Problem} membership_unavailable if neither store answers
 */
export async function listConversations(
  ports: ListConversationsPorts,
  userId: UserId,
): Promise<ConversationsResponse> {
  try {
    const [conversations, catchingUp] = await Promise.all([
      listFromTruth(ports, userId),
      ports.logProgress.isStoreBehind(),
    ]);
    return { ...sideBarOf(conversations), catchingUp };
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    const conversations = await orProblem('membership_unavailable', () => listFromCopy(ports, userId));
    return { ...sideBarOf(conversations), catchingUp: true };
  }
}

async function listFromTruth(ports: ListConversationsPorts, userId: UserId): Promise<ConversationSummary[]> {
  const [memberships, general] = await Promise.all([
    ports.memberships.listOf(userId),
    ports.channels.find(GENERAL_CHANNEL_ID),
  ]);
  return summariesFromTruth(ports, userId, withGeneral(memberships, general ?? GENERAL));
}

async function listFromCopy(ports: ListConversationsPorts, userId: UserId): Promise<ConversationSummary[]> {
  const memberships = await ports.copy.listOf(userId);
  const channels = new Map(memberships.map(({ conversationId, channel }) => [conversationId, channel]));
  const conversations = withGeneral(memberships, GENERAL);
  const peers = await knownProfiles(ports.profiles, peersIn(conversations, userId));
  return conversations.map((conversation) => {
    const { conversationId } = conversation;
    const general = conversationId === GENERAL_CONVERSATION_ID ? GENERAL : undefined;
    return summaryOf(userId, conversation, channels.get(conversationId) ?? general, peers);
  });
}

/** The conversations that the user is in: `general` is one of them, whether there is a row for it or not. */
function withGeneral(
  memberships: readonly (Membership | CopiedMembership)[],
  general: Channel,
): SummaryBase[] {
  const joined = memberships.filter(({ state }) => state === 'joined');
  if (joined.some(({ conversationId }) => conversationId === GENERAL_CONVERSATION_ID)) return joined;
  return [{ conversationId: GENERAL_CONVERSATION_ID, joinedAt: new Date(general.createdAt) }, ...joined];
}

/** The profiles that can be had: one that is not in the cache does not hide those that are. */
async function knownProfiles(
  profiles: Profiles,
  userIds: readonly UserId[],
): Promise<ReadonlyMap<UserId, Profile>> {
  try {
    return await profiles.profilesOf(userIds);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
  }
  const each = await Promise.allSettled(userIds.map((userId) => profiles.profilesOf([userId])));
  return new Map(each.flatMap((result) => (result.status === 'fulfilled' ? [...result.value] : [])));
}

/** The rows that an answer holds, in order, and how many it does not hold. */
function sideBarOf(
  conversations: readonly ConversationSummary[],
): Pick<ConversationsResponse, 'conversations' | 'leftOut'> {
  const newest = [...conversations].sort((one, other) => compare(lastActivity(other), lastActivity(one)));
  const held = newest.slice(0, CONVERSATIONS_MAX).sort(byKindAndName);
  const leftOut = conversations.length - held.length;
  return { conversations: held, ...(leftOut === 0 ? {} : { leftOut }) };
}

/** An ISO 8601 time, which sorts as text; everyone has `general`, so nothing stands before it. */
function lastActivity({ conversationId, joinedAt, lastMessage }: ConversationSummary): string {
  if (conversationId === GENERAL_CONVERSATION_ID) return AFTER_ALL_TIMES;
  return lastMessage !== undefined && lastMessage.postedAt > joinedAt ? lastMessage.postedAt : joinedAt;
}

function byKindAndName(one: ConversationSummary, other: ConversationSummary): number {
  return compare(sortKeyOf(one), sortKeyOf(other));
}

function sortKeyOf({ channel, conversationId }: ConversationSummary): string {
  return channel === undefined ? `2 ${conversationId}` : `1 ${channel.name}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
