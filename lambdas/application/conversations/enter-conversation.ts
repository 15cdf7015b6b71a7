import type { Channel } from '../../../core/contract/conversations.ts';
import { conversationAudience } from '../../../core/domain/audience.ts';
import type { LiveConnections } from '../ports/live-connections.ts';
import type { MembershipCopy } from '../ports/membership-copy.ts';
import type { Membership, MembershipStore } from '../ports/membership-store.ts';

/** The three places that say who is in a conversation. */
export interface MembershipPlaces {
  readonly memberships: MembershipStore;
  readonly copy: MembershipCopy;
  readonly live: LiveConnections;
}

/**
 * Makes users members of one conversation: their copies first, then their live connections, then the truth. So a member
 * by the truth hears everything, and whoever fails half way is still about to join.
 *
 * @param memberships as they shall stand, joined
 * @param channel absent for a direct message
 * @throws {StoreUnavailableError} if Cassandra or DynamoDB is away; nobody then is worse off than before, and doing it
 *   again finishes it
 */
export async function enterConversation(
  places: MembershipPlaces,
  memberships: readonly Membership[],
  channel: Channel | undefined,
): Promise<void> {
  const copied = channel === undefined ? {} : { channel };
  await Promise.all(memberships.map((membership) => places.copy.write({ ...membership, ...copied })));
  await Promise.all(
    memberships.map(({ userId, conversationId }) =>
      places.live.subscribeUsers([userId], conversationAudience(conversationId)),
    ),
  );
  await Promise.all(memberships.map((membership) => places.memberships.write(membership)));
}
