import type { ConversationId, UserId } from '../../../core/contract/ids.ts';
import { POST_DEADLINE_MS } from '../../../core/contract/limits.ts';
import type { PostMessageBody, PostMessageResponse } from '../../../core/contract/messages.ts';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import type { MembershipCheck } from '../ports/memberships.ts';
import type { MessageLog } from '../ports/message-log.ts';
import { Problem } from '../ports/problem.ts';
import { orProblem } from '../ports/store-errors.ts';

export interface PostMessageInput {
  readonly sender: UserId;
  readonly conversationId: ConversationId;
  readonly body: PostMessageBody;
  readonly requestId: string;
  readonly traceparent: string;
}

/**
 * Appends a message to the log and answers with the id of the record that was appended. Everything happens within D
 * (POST_DEADLINE_MS).
 *
 * @throws {Problem} conversation_not_found, not_a_member, membership_unavailable; log_unavailable if the log did not
 *   confirm in time: whether it has the message is then unknown, and posting the same nonce again is safe
 */
export async function postMessage(
  ports: { memberships: MembershipCheck; messageLog: MessageLog; onUnconfirmed: () => void },
  { sender, conversationId, body, requestId, traceparent }: PostMessageInput,
): Promise<PostMessageResponse> {
  const startedAt = performance.now();
  const standing = await orProblem('membership_unavailable', () =>
    ports.memberships.standingOf(sender, conversationId),
  );
  if (standing === 'unknown') throw new Problem('conversation_not_found');
  if (standing === 'not-a-member') throw new Problem('not_a_member');

  const { content, nonce, attempt, after } = body;
  const position = await orProblem('log_unavailable', () =>
    ports.messageLog.append(
      {
        record: {
          type: 'message.posted',
          version: 1,
          conversationId,
          sender,
          nonce,
          content,
          ...(after === undefined ? {} : { after }),
        },
        attempt,
        requestId,
        traceparent,
      },
      POST_DEADLINE_MS - (performance.now() - startedAt),
    ),
  ).catch((error: unknown) => {
    ports.onUnconfirmed();
    throw error;
  });
  return {
    conversationId,
    messageId: messageIdOf(position),
    nonce,
    postedAt: new Date(position.appendedAt).toISOString(),
  };
}
