import type { ConversationId, UserId } from '../../../core/contract/ids.ts';
import type { HistoryQuery, HistoryResponse } from '../../../core/contract/messages.ts';
import { addressOf } from '../../../core/domain/conversation.ts';
import type { History, HistoryPage } from '../ports/history.ts';
import type { LogProgress } from '../ports/log-progress.ts';
import type { MembershipCheck } from '../ports/memberships.ts';
import { Problem } from '../ports/problem.ts';
import { orProblem } from '../ports/store-errors.ts';

/**
 * A page of a conversation's history. Channels are public: whoever is signed in may read them; direct messages only
 * their two.
 *
 * @throws {Problem} conversation_not_found, history_unavailable
 */
export async function readHistory(
  ports: { memberships: MembershipCheck; history: History; progress: LogProgress },
  { reader, conversationId, query }: { reader: UserId; conversationId: ConversationId; query: HistoryQuery },
): Promise<HistoryResponse> {
  const { before, after, limit } = query;
  return orProblem('history_unavailable', async () => {
    const [standing, page, catchingUp] = await Promise.all([
      ports.memberships.standingOf(reader, conversationId),
      // Read at the same time: a page is only given away once the standing is known.
      after === undefined
        ? ports.history.newest(conversationId, { before, limit })
        : ports.history.following(conversationId, { after, before, limit }),
      ports.progress.isStoreBehind(),
    ]);
    const readable = standing === 'member' || (standing === 'not-a-member' && isChannel(conversationId));
    if (!readable) throw new Problem('conversation_not_found');
    return { ...responseOf(page), catchingUp };
  });
}

function isChannel(conversationId: ConversationId): boolean {
  return addressOf(conversationId)?.kind === 'channel';
}

function responseOf({
  messages,
  hasOlder,
  hasNewer,
  storedThrough,
}: HistoryPage): Omit<HistoryResponse, 'catchingUp'> {
  const oldest = messages[0];
  const newest = messages.at(-1);
  return {
    messages: [...messages],
    ...(hasOlder && oldest ? { before: oldest.messageId } : {}),
    ...(hasNewer && newest ? { after: newest.messageId } : {}),
    ...(storedThrough === undefined ? {} : { storedThrough }),
  };
}
