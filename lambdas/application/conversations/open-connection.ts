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
 * Lets a new connection hear what its user may hear. The memberships are read again once its items are written, until they are what
 * is written: whoever joins or leaves meanwhile either is seen by that reading or finds the user's own item, and changes the
 * connection's items as those of every other. Nothing can be pushed to the connection before this is done.
 *
 * @throws {StoreUnavailableError} if DynamoDB is away
 */
export async function openConnection(
  { live, copy }: OpenConnectionPorts,
  connection: LiveConnection,
): Promise<void> {
  const { connectionId, userId } = connection;
  let heard = await joinedConversations(copy, userId);
  await live.subscribe(connection, [userAudience(userId), EVERYONE, ...[...heard].map(conversationAudience)]);
  for (;;) {
    const joined = await joinedConversations(copy, userId);
    const [missing, left] = [without(joined, heard), without(heard, joined)];
    if (missing.length === 0 && left.length === 0) return;
    await live.unsubscribe(
      left.map((conversationId) => ({ connectionId, audience: conversationAudience(conversationId) })),
    );
    await live.subscribe(connection, missing.map(conversationAudience));
    heard = joined;
  }
}

/** Without `general`, whose audience is everyone. */
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

function without(all: ReadonlySet<ConversationId>, some: ReadonlySet<ConversationId>): ConversationId[] {
  return [...all].filter((conversationId) => !some.has(conversationId));
}
