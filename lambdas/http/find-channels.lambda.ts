import { findChannels } from '../application/conversations/find-channels.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { channels, memberships } from '../runtime/conversations.ts';

export const handler = httpFunction('find-channels', async ({ session, query }) => ({
  body: await findChannels({ channels: channels(), memberships: memberships() }, session.userId, query),
}));
