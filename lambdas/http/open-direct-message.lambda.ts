import { openDirectMessage } from '../application/conversations/open-direct-message.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { openingPorts } from '../runtime/open-conversation.ts';

export const handler = httpFunction('open-direct-message', async ({ session, params }) => ({
  body: await openDirectMessage(openingPorts(), session.userId, params.userId),
}));
