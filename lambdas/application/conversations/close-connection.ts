import { conversationAudience, EVERYONE, userAudience } from '../../../core/domain/audience.ts';
import type { LiveConnection, LiveConnections } from '../ports/live-connections.ts';
import type { MembershipCopy } from '../ports/membership-copy.ts';

/**
 * Forgets a connection that has ended: its user's audiences are those that it heard. Memberships that have ended count as well,
 * since one that ends at this very moment may not have been taken from it yet. What a join at this very moment adds afterwards is
 * found gone by the next push, or expires.
 *
 * @throws {StoreUnavailableError} if DynamoDB is away
 */
export async function closeConnection(
  { live, copy }: { readonly live: LiveConnections; readonly copy: MembershipCopy },
  { connectionId, userId }: Pick<LiveConnection, 'connectionId' | 'userId'>,
): Promise<void> {
  const memberships = await copy.listOf(userId);
  const audiences = new Set([
    userAudience(userId),
    EVERYONE,
    ...memberships.map(({ conversationId }) => conversationAudience(conversationId)),
  ]);
  await live.unsubscribe([...audiences].map((audience) => ({ connectionId, audience })));
}
