import { conversationAudience } from '../../../core/domain/audience.ts';
import type { LiveConnections } from '../ports/live-connections.ts';
import type { MembershipCopy } from '../ports/membership-copy.ts';
import type { Membership, MembershipStore } from '../ports/membership-store.ts';

export interface ExitPorts {
  readonly memberships: MembershipStore;
  readonly copy: MembershipCopy;
  readonly live: LiveConnections;
}

/**
 * Ends a membership: the truth first, then the copy, then the live connections. A connection that opens meanwhile reads
 * the copy, so it either sees the change or stands among those that are cut off here.
 *
 * @param left the membership as it shall stand, ended
 * @throws {StoreUnavailableError} if Cassandra or DynamoDB is away; who leaves may go on hearing the conversation until
 *   doing it again finishes it
 */
export async function exitConversation(ports: ExitPorts, left: Membership): Promise<void> {
  const { userId, conversationId } = left;
  const audience = conversationAudience(conversationId);
  await ports.memberships.write(left);
  await ports.copy.write(left);
  await ports.live.unsubscribeUser(userId, audience);
  // Who came back at the very same moment was cut off just now, though the later change counts.
  const standing = await ports.copy.find(userId, conversationId);
  if (standing?.state === 'joined') await ports.live.subscribeUsers([userId], audience);
}
