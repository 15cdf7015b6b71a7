import type { Channel } from '../../../core/contract/conversations.ts';
import { GENERAL_CHANNEL_ID, GENERAL_CHANNEL_NAME } from '../../../core/contract/ids.ts';
import { GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import type { Channels } from '../ports/channels.ts';
import type { Claim, Claims } from '../ports/claims.ts';

/**
 * Makes `general`, the channel that everyone is in from the start. For the set-up of the stores; doing it again changes
 * nothing, and completes what was cut short.
 *
 * @throws {StoreUnavailableError} if Cassandra is away
 * @throws {Error} if the name belongs to another channel
 */
export async function ensureGeneral({
  channels,
  claims,
}: {
  channels: Channels;
  claims: Claims;
}): Promise<void> {
  const claim: Claim = {
    kind: 'channel-name',
    name: GENERAL_CHANNEL_NAME,
    owner: GENERAL_CHANNEL_ID,
    // Always the same: every run is the same attempt.
    attemptId: 'set-up',
  };
  const holder = await claims.claim(claim);
  if (holder !== undefined)
    throw new Error(`The channel name ${GENERAL_CHANNEL_NAME} belongs to another channel.`);
  const channel: Channel = (await channels.find(GENERAL_CHANNEL_ID)) ?? {
    channelId: GENERAL_CHANNEL_ID,
    conversationId: GENERAL_CONVERSATION_ID,
    name: GENERAL_CHANNEL_NAME,
    createdAt: new Date().toISOString(),
  };
  await channels.record(channel);
  if (!(await claims.confirm(claim)))
    throw new Error('The claim of the set-up ended while it ran; run it again.');
  await channels.publish(channel);
}
