import { type ChannelId, GENERAL_CHANNEL_ID, type UserId } from '../../../core/contract/ids.ts';
import { channelConversationId } from '../../../core/domain/conversation.ts';
import { announceIfPossible } from '../announce-if-possible.ts';
import type { Channels } from '../ports/channels.ts';
import { Problem } from '../ports/problem.ts';
import type { SignalLog } from '../ports/signal-log.ts';
import { orProblem } from '../ports/store-errors.ts';
import type { MembershipPlaces } from './enter-conversation.ts';
import { exitConversation } from './exit-conversation.ts';
import { leftMembership } from './membership-change.ts';

export interface LeaveChannelPorts extends MembershipPlaces {
  readonly channels: Channels;
  readonly signalLog: SignalLog;
  /** Resolves once nobody remembers who listened when it was called (LISTENERS_REMEMBERED_MS). */
  untilForgotten(): Promise<void>;
}

/**
 * Ends the user's membership of a channel: once this resolves nothing is received from there, and after
 * MEMBERSHIP_REMEMBERED_MS nothing can be posted there. Leaving again completes what a failure cut short.
 *
 * @throws {Problem} channel_not_found, channel_cannot_be_left (`general`), directory_unavailable
 */
export async function leaveChannel(
  ports: LeaveChannelPorts,
  userId: UserId,
  channelId: ChannelId,
): Promise<void> {
  if (channelId === GENERAL_CHANNEL_ID) throw new Problem('channel_cannot_be_left');
  const conversationId = channelConversationId(channelId);
  await orProblem('directory_unavailable', async () => {
    const [channel, truth, copy] = await Promise.all([
      ports.channels.find(channelId),
      ports.memberships.find(userId, conversationId),
      ports.copy.find(userId, conversationId),
    ]);
    if (channel === undefined) throw new Problem('channel_not_found');
    const left = leftMembership({ truth, copy }, Date.now());
    if (left !== undefined) await exitConversation(ports, left);
    // Also whoever left before: that may have been a moment ago, with the answer lost.
    const forgotten = ports.untilForgotten();
    if (left !== undefined) {
      await announceIfPossible(ports.signalLog, [
        { type: 'membership.changed', conversationId, userId, change: 'left' },
      ]);
    }
    await forgotten;
  });
}
