import { createChannel } from '../application/conversations/create-channel.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { claims } from '../runtime/claims.ts';
import { openingPorts } from '../runtime/open-conversation.ts';

export const handler = httpFunction('create-channel', async ({ session, body }) => ({
  body: await createChannel({ ...openingPorts(), claims: claims() }, session.userId, body),
}));
