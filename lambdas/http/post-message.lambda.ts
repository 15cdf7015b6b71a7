import { postMessage } from '../application/messages/post-message.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { membershipCheck } from '../runtime/memberships.ts';
import { messageLog } from '../runtime/message-log.ts';
import { count } from '../runtime/metrics.ts';

/** The producer: 202 once the log has the message. */
export const handler = httpFunction(
  'post-message',
  async ({ session, params, body, requestId, traceparent }) => {
    const startedAt = performance.now();
    const posted = await postMessage(
      {
        memberships: membershipCheck(),
        messageLog: messageLog(),
        onUnconfirmed: () => count('PostsUnconfirmed'),
      },
      { sender: session.userId, conversationId: params.conversationId, body, requestId, traceparent },
    );
    count('PostsAccepted');
    count('PostAppendTime', performance.now() - startedAt);
    return { body: posted };
  },
);
