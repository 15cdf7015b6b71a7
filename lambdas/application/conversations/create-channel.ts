import { randomUUID } from 'node:crypto';
import type {
  Channel,
  ConversationSummary,
  CreateChannelBody,
} from '../../../core/contract/conversations.ts';
import type { UserId } from '../../../core/contract/ids.ts';
import { channelConversationId } from '../../../core/domain/conversation.ts';
import { announceIfPossible } from '../announce-if-possible.ts';
import type { Claim, ClaimHolder, Claims } from '../ports/claims.ts';
import { Problem } from '../ports/problem.ts';
import { orProblem } from '../ports/store-errors.ts';
import { type OpenPorts, openConversation } from './open-conversation.ts';

export interface CreateChannelPorts extends OpenPorts {
  readonly claims: Claims;
}

/**
 * Makes a channel with the user as its first member. The order (claim the name, record the channel, confirm the claim,
 * publish the name, enter) makes every failure on the way harmless, and the same user's next try goes on from there.
 *
 * @throws {Problem} channel_name_taken, directory_unavailable
 */
export function createChannel(
  ports: CreateChannelPorts,
  userId: UserId,
  { name, topic }: CreateChannelBody,
): Promise<ConversationSummary> {
  return orProblem('directory_unavailable', async () => {
    const claim = await claimName(ports, userId, name);
    const channel: Channel = {
      channelId: claim.owner,
      conversationId: channelConversationId(claim.owner),
      name,
      ...(topic === undefined ? {} : { topic }),
      createdBy: userId,
      createdAt: new Date().toISOString(),
    };
    await ports.channels.record(channel);
    if (!(await ports.claims.confirm(claim))) throw nameTaken();
    await ports.channels.publish(channel);
    const { conversationId } = channel;
    const conversation = await openConversation(ports, { userIds: [userId], conversationId, channel });
    await announceIfPossible(ports.signalLog, [{ type: 'channel.created', channel }]);
    return conversation;
  });
}

/** The claim to the name: a new one, or the one of an earlier try of this user that did not get through. */
async function claimName(ports: CreateChannelPorts, userId: UserId, name: string): Promise<Claim> {
  const claim: Claim = {
    kind: 'channel-name',
    name,
    owner: randomUUID(),
    attemptId: attemptIdPrefix(userId) + randomUUID(),
  };
  const holder = await ports.claims.claim(claim);
  if (holder === undefined) return claim;
  if (!(await isUnfinished(ports, userId, holder))) throw nameTaken();
  return { ...claim, owner: holder.owner, attemptId: holder.attemptId };
}

/** A channel that its creator has never been a member of was not finished: entering is the last step. */
async function isUnfinished(
  { memberships }: CreateChannelPorts,
  userId: UserId,
  { owner, attemptId }: ClaimHolder,
): Promise<boolean> {
  if (!attemptId.startsWith(attemptIdPrefix(userId))) return false;
  return (await memberships.find(userId, channelConversationId(owner))) === undefined;
}

/** Tells whose attempt it is; user ids have no slash. */
function attemptIdPrefix(userId: UserId): string {
  return `${userId}/`;
}

function nameTaken(): Problem {
  return new Problem('channel_name_taken', {
    fields: [{ field: 'name', message: 'is taken; choose another' }],
  });
}
