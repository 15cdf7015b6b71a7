import { moveReadMarker } from '../application/conversations/move-read-marker.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { heads, readMarkers } from '../runtime/conversations.ts';
import { membershipCheck } from '../runtime/memberships.ts';
import { signalLog } from '../runtime/signals.ts';

export const handler = httpFunction('move-read-marker', async ({ session, params, body }) => {
  await moveReadMarker(
    {
      heads: heads(),
      membershipCheck: membershipCheck(),
      readMarkers: readMarkers(),
      signalLog: signalLog(),
    },
    session.userId,
    params.conversationId,
    body.messageId,
  );
  return { body: undefined };
});
