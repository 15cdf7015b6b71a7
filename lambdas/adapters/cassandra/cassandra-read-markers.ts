import type { ConversationId, MessageId, UserId } from '../../../core/contract/ids.ts';
import type { ReadMarkers } from '../../application/ports/read-markers.ts';
import type { Cassandra } from './cassandra.ts';
import { insertAt } from './positioned.ts';

const PAGE = 1_000;

/**
 * Read markers in Cassandra. The write timestamp is the marked message's place in the log, so a marker moves forward
 * only, whatever order writes arrive in; Amazon Keyspaces can't do that, and there the marker is read first.
 */
export class CassandraReadMarkers implements ReadMarkers {
  readonly #cassandra: Cassandra;

  constructor(cassandra: Cassandra) {
    this.#cassandra = cassandra;
  }

  async find(userId: UserId, conversationId: ConversationId): Promise<MessageId | undefined> {
    const [row] = await this.#cassandra.execute(
      'SELECT message_id FROM read_markers_by_user WHERE user_id = ? AND conversation_id = ?',
      [userId, conversationId],
    );
    return row?.message_id as string | undefined;
  }

  async listOf(userId: UserId): Promise<ReadonlyMap<ConversationId, MessageId>> {
    const markers = new Map<ConversationId, MessageId>();
    let after: ConversationId = '';
    for (;;) {
      const rows = await this.#cassandra.execute(
        'SELECT conversation_id, message_id FROM read_markers_by_user WHERE user_id = ? AND conversation_id > ? LIMIT ?',
        [userId, after, PAGE],
      );
      for (const row of rows) markers.set(row.conversation_id as string, row.message_id as string);
      if (rows.length < PAGE) return markers;
      after = rows.at(-1)?.conversation_id as string;
    }
  }

  async move(userId: UserId, conversationId: ConversationId, messageId: MessageId): Promise<void> {
    const { dialect } = this.#cassandra;
    if (dialect === 'keyspaces' && ((await this.find(userId, conversationId)) ?? '') >= messageId) return;
    const { cql, values } = insertAt(dialect, messageId, {
      cql: 'INSERT INTO read_markers_by_user (user_id, conversation_id, message_id) VALUES (?, ?, ?)',
      values: [userId, conversationId, messageId],
    });
    await this.#cassandra.execute(cql, values);
  }
}
