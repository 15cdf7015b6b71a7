import type { ConversationId } from '../../../core/contract/ids.ts';
import { conversationAudience, EVERYONE, userAudience } from '../../../core/domain/audience.ts';
import { GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import type { LiveConnection, LiveConnections } from '../ports/live-connections.ts';
import type { MembershipCopy } from '../ports/membership-copy.ts';

export interface OpenConnectionPorts {
  readonly live: LiveConnections;
  readonly copy: MembershipCopy;
}

/**
 * Lets a new connection hear what its user may hear. The user's own item is written before the memberships are read, so
 * that a join meanwhile finds the connection; and they are read again after the conversations' items are written, so that
 * a leave meanwhile leaves none behind. Nothing can be pushed to the connection before this is done.
 *
 * @throws {StoreUnavailableError} if DynamoDB is away
 */
export async function openConnection(
  { live, copy }: OpenConnectionPorts,
  connection: LiveConnection,
): Promise<void> {
  const { userId } = connection;
  await live.subscribe(connection, [
    userAudience(userId),
    EVERYONE,
    conversationAudience(GENERAL_CONVERSATION_ID),
  ]);
  const joined = await joinedConversations(copy, userId);
  if (joined.size === 0) return;
  await live.subscribe(connection, [...joined].map(conversationAudience));
  const stillJoined = await joinedConversations(copy, userId);
  for (const conversationId of joined) {
    if (!stillJoined.has(conversationId))
      await live.unsubscribeUser(userId, conversationAudience(conversationId));
  }
}

/** Without `general`, which everyone is in. */
async function joinedConversations(
  copy: MembershipCopy,
  userId: LiveConnection['userId'],
): Promise<Set<ConversationId>> {
  const memberships = await copy.listOf(userId);
  const joined = memberships
    .filter(({ state }) => state === 'joined')
    .map(({ conversationId }) => conversationId);
  return new Set(joined.filter((conversationId) => conversationId !== GENERAL_CONVERSATION_ID));
}
