import { leaveChannel } from '../application/conversations/leave-channel.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { channels, memberships } from '../runtime/conversations.ts';
import { liveConnections, untilListenersAreForgotten } from '../runtime/live-connections.ts';
import { membershipCopy } from '../runtime/membership-copy.ts';
import { signalLog } from '../runtime/signals.ts';

export const handler = httpFunction('leave-channel', async ({ session, params }) => {
  await leaveChannel(
    {
      channels: channels(),
      copy: membershipCopy(),
      live: liveConnections(),
      memberships: memberships(),
      signalLog: signalLog(),
      untilForgotten: untilListenersAreForgotten,
    },
    session.userId,
    params.channelId,
  );
  return { body: undefined };
});
