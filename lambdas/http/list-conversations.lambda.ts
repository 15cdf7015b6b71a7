import { listConversations } from '../application/conversations/list-conversations.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { channels, heads, memberships, readMarkers, unread } from '../runtime/conversations.ts';
import { profiles } from '../runtime/identity.ts';
import { logProgress } from '../runtime/log-progress.ts';
import { membershipCopy } from '../runtime/membership-copy.ts';

export const handler = httpFunction('list-conversations', async ({ session }) => ({
  body: await listConversations(
    {
      channels: channels(),
      heads: heads(),
      memberships: memberships(),
      readMarkers: readMarkers(),
      unread: unread(),
      profiles: profiles(),
      logProgress: logProgress(),
      copy: membershipCopy(),
    },
    session.userId,
  ),
}));
