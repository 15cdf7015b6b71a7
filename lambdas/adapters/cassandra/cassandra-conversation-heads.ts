import type { ConversationId } from '../../../core/contract/ids.ts';
import type { Message } from '../../../core/contract/messages.ts';
import type { ConversationHeads } from '../../application/ports/conversation-heads.ts';
import type { Cassandra } from './cassandra.ts';

/** Heads as the store function writes them: the whole message as JSON in one cell. */
export class CassandraConversationHeads implements ConversationHeads {
  readonly #cassandra: Cassandra;

  constructor(cassandra: Cassandra) {
    this.#cassandra = cassandra;
  }

  async headOf(conversationId: ConversationId): Promise<Message | undefined> {
    const [row] = await this.#cassandra.execute(
      'SELECT message FROM conversation_heads WHERE conversation_id = ?',
      [conversationId],
    );
    return row === undefined ? undefined : (JSON.parse(row.message as string) as Message);
  }
}
