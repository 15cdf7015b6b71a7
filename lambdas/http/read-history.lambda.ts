import { readHistory } from '../application/history/read-history.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { history } from '../runtime/history.ts';
import { logProgress } from '../runtime/log-progress.ts';
import { membershipCheck } from '../runtime/memberships.ts';

export const handler = httpFunction('read-history', async ({ session, params, query }) => ({
  body: await readHistory(
    { memberships: membershipCheck(), history: history(), progress: logProgress() },
    { reader: session.userId, conversationId: params.conversationId, query },
  ),
}));
