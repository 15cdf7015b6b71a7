import { joinChannel } from '../application/conversations/join-channel.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { openingPorts } from '../runtime/open-conversation.ts';

export const handler = httpFunction('join-channel', async ({ session, params }) => ({
  body: await joinChannel(openingPorts(), session.userId, params.channelId),
}));
