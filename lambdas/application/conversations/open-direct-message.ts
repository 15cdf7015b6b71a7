import type { ConversationSummary } from '../../../core/contract/conversations.ts';
import type { UserId } from '../../../core/contract/ids.ts';
import { directConversationId } from '../../../core/domain/conversation.ts';
import { Problem } from '../ports/problem.ts';
import { orProblem } from '../ports/store-errors.ts';
import { type OpenPorts, openConversation } from './open-conversation.ts';

/**
 * Opens the conversation of two users for both of them, or a user's notebook if `peerId` is its own id. Opening it again
 * changes nothing.
 *
 * @throws {Problem} user_not_found, directory_unavailable
 */
export function openDirectMessage(
  ports: OpenPorts,
  userId: UserId,
  peerId: UserId,
): Promise<ConversationSummary> {
  return orProblem('directory_unavailable', async () => {
    const found = await ports.profiles.profilesOf([peerId]);
    if (!found.has(peerId)) throw new Problem('user_not_found');
    const conversationId = directConversationId(userId, peerId);
    return openConversation(ports, {
      userIds: peerId === userId ? [userId] : [userId, peerId],
      conversationId,
    });
  });
}
