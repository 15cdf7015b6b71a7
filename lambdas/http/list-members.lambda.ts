import { listMembers } from '../application/conversations/list-members.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { channels, memberships } from '../runtime/conversations.ts';
import { profiles } from '../runtime/identity.ts';

export const handler = httpFunction('list-members', async ({ params, query }) => ({
  body: await listMembers(
    { channels: channels(), memberships: memberships(), profiles: profiles() },
    params.channelId,
    query.after,
  ),
}));
