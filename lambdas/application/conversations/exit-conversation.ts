import { conversationAudience } from '../../../core/domain/audience.ts';
import type { Membership } from '../ports/membership-store.ts';
import type { MembershipPlaces } from './enter-conversation.ts';

/**
 * Ends a membership: the truth first, then the copy, then the live connections. A connection that opens meanwhile reads
 * the copy, so it either sees the change or stands among those that are cut off here.
 *
 * @param left the membership as it shall stand, ended
 * @throws {StoreUnavailableError} if Cassandra or DynamoDB is away; who leaves may go on hearing the conversation until
 *   doing it again finishes it
 */
export async function exitConversation(places: MembershipPlaces, left: Membership): Promise<void> {
  const { userId, conversationId } = left;
  const audience = conversationAudience(conversationId);
  await places.memberships.write(left);
  await places.copy.write(left);
  await places.live.unsubscribeUser(userId, audience);
  // Who came back at the very same moment was cut off just now, though the later change counts.
  const standing = await places.copy.find(userId, conversationId);
  if (standing?.state === 'joined') await places.live.subscribeUsers([userId], audience);
}
