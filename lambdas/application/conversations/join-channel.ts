import type { ConversationSummary } from '../../../core/contract/conversations.ts';
import type { ChannelId, UserId } from '../../../core/contract/ids.ts';
import { Problem } from '../ports/problem.ts';
import { orProblem } from '../ports/store-errors.ts';
import { type OpenPorts, openConversation } from './open-conversation.ts';

/**
 * Makes the user a member of a channel, with everything in it so far read. Joining again changes nothing.
 *
 * @throws {Problem} channel_not_found, directory_unavailable
 */
export function joinChannel(
  ports: OpenPorts,
  userId: UserId,
  channelId: ChannelId,
): Promise<ConversationSummary> {
  return orProblem('directory_unavailable', async () => {
    const channel = await ports.channels.find(channelId);
    if (channel === undefined) throw new Problem('channel_not_found');
    return openConversation(ports, { userIds: [userId], conversationId: channel.conversationId, channel });
  });
}
