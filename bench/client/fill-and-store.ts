import { randomUUID } from 'node:crypto';
import type { ConversationId } from '../../core/contract/ids.ts';
import type { HistoryResponse } from '../../core/contract/messages.ts';
import type { Person } from '../../drills/client/person.ts';
import { waitFor } from '../../drills/run/wait-for.ts';
import type { BenchmarkContext } from '../benchmark.ts';
import { type Filling, fillLog } from './log-filler.ts';

/** The content of the message that is posted after all others. */
export const LAST_CONTENT = 'the last one';

/**
 * Puts messages into the log past the API and waits until they are stored.
 *
 * @param reader posts one more message, by which this is told
 * @param conversationId where: a conversation that the last of the messages may be in
 */
export async function fillAndStore(
  { pingMe, stores, say }: BenchmarkContext,
  reader: Person,
  conversationId: ConversationId,
  filling: Filling,
): Promise<void> {
  say(`putting ${filling.count} messages into the log, and having them stored`);
  await fillLog(stores, pingMe.functionSettings.TOPIC_PREFIX ?? '', filling);
  const end = await reader.api.demand<{ messageId: string }>('post-message', {
    params: { conversationId },
    body: { content: LAST_CONTENT, nonce: randomUUID(), attempt: 0 },
  });
  await waitFor(
    'the last one to be stored',
    async () => {
      const { messages } = await reader.api.demand<HistoryResponse>('read-history', {
        params: { conversationId },
        query: { limit: '1' },
      });
      return messages.at(-1)?.messageId === end.messageId;
    },
    600_000,
    500,
  );
}
