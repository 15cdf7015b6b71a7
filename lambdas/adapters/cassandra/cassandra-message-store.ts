import type { ConversationId, MessageId } from '../../../core/contract/ids.ts';
import { REMEMBERED_NONCES } from '../../../core/contract/limits.ts';
import type { Message } from '../../../core/contract/messages.ts';
import type { Bucket } from '../../../core/domain/bucket.ts';
import { type MessageEdit, versionOf } from '../../../core/domain/message-edit.ts';
import type {
  ConversationTail,
  MessageKey,
  MessageStore,
  Overview,
  StoredKey,
} from '../../application/ports/message-store.ts';
import { StoreRefusalError } from '../../application/ports/store-errors.ts';
import type { Cassandra, Row, Statement } from './cassandra.ts';
import { BUCKET_COLUMNS, bucketOf, MESSAGE_COLUMNS, messageOf } from './message-rows.ts';
import { insertAt } from './positioned.ts';

/** The store function may wait longer than a request: nobody looks on, and the backlog is safe in the log. */
const TIMEOUT_MS = 10_000;
const LOOKUP_PAGE = 5_000;
/** Without an `after` a copy is looked for among so many of the newest messages. */
const LOOKUP_WITHOUT_AFTER = 20_000;

/** The tables of messages, buckets and heads, as the store function writes them. */
export class CassandraMessageStore implements MessageStore {
  readonly #cassandra: Cassandra;

  constructor(cassandra: Cassandra) {
    this.#cassandra = cassandra;
  }

  async tailOf(conversationId: ConversationId): Promise<ConversationTail> {
    const rows = await this.#read(
      `SELECT ${BUCKET_COLUMNS} FROM buckets_by_conversation WHERE conversation_id = ? LIMIT 2`,
      [conversationId],
    );
    const newest: StoredKey[] = [];
    for (const bucket of rows.map(bucketOf)) {
      const missing = REMEMBERED_NONCES - newest.length;
      if (missing <= 0) break;
      const keys = await this.#read(
        'SELECT message_id, sender, nonce FROM messages_by_conversation WHERE conversation_id = ? AND bucket = ? LIMIT ?',
        [conversationId, bucket.number, missing],
      );
      newest.push(...keys.map(keyOf));
    }
    const [last] = rows;
    return { lastBucket: last === undefined ? undefined : bucketOf(last), newest };
  }

  async bucketAt(conversationId: ConversationId, messageId: MessageId): Promise<Bucket | undefined> {
    const [row] = await this.#read(
      `SELECT ${BUCKET_COLUMNS} FROM buckets_by_conversation WHERE conversation_id = ? AND first_message_id <= ? LIMIT 1`,
      [conversationId, messageId],
    );
    return row === undefined ? undefined : bucketOf(row);
  }

  async findCopy(
    conversationId: ConversationId,
    key: MessageKey,
    { after, before }: { after: MessageId | undefined; before: MessageId },
  ): Promise<MessageId | undefined> {
    let found: MessageId | undefined;
    let seen = 0;
    let upper = before;
    for (;;) {
      const bucket = await this.bucketAt(conversationId, upper);
      if (bucket === undefined) return found;
      // From the bucket's newest to its oldest; the oldest copy counts, so the search goes on after a find.
      const rows = await this.#read(
        'SELECT message_id, sender, nonce FROM messages_by_conversation WHERE conversation_id = ? AND bucket = ? AND message_id >= ? AND message_id < ? LIMIT ?',
        [conversationId, bucket.number, bucket.firstId, upper, LOOKUP_PAGE],
      );
      for (const stored of rows.map(keyOf)) {
        if (after !== undefined && stored.messageId <= after) return found;
        if (stored.sender === key.sender && stored.nonce === key.nonce) found = stored.messageId;
      }
      seen += rows.length;
      if (after === undefined && seen >= LOOKUP_WITHOUT_AFTER) return found;
      const oldest = rows.at(-1);
      upper =
        rows.length === LOOKUP_PAGE && oldest ? (oldest.message_id as string) : justBefore(bucket.firstId);
      if (after !== undefined && upper <= after) return found;
    }
  }

  async writeMessages(
    conversationId: ConversationId,
    bucketNumber: number,
    messages: readonly Message[],
  ): Promise<void> {
    await this.#writeTogether(
      messages.map((message) =>
        insertAt(this.#cassandra.dialect, message.messageId, {
          cql: 'INSERT INTO messages_by_conversation (conversation_id, bucket, message_id, sender, nonce, content, posted_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
          values: [
            conversationId,
            bucketNumber,
            message.messageId,
            message.sender,
            message.nonce,
            message.content,
            new Date(message.postedAt),
          ],
        }),
      ),
    );
  }

  async findMessage(
    conversationId: ConversationId,
    bucketNumber: number,
    messageId: MessageId,
  ): Promise<Message | undefined> {
    const [row] = await this.#read(
      `SELECT ${MESSAGE_COLUMNS} FROM messages_by_conversation WHERE conversation_id = ? AND bucket = ? AND message_id = ?`,
      [conversationId, bucketNumber, messageId],
    );
    return row === undefined ? undefined : messageOf(conversationId, row);
  }

  async writeEdits(
    conversationId: ConversationId,
    bucketNumber: number,
    edits: readonly MessageEdit[],
  ): Promise<void> {
    await this.#writeTogether(
      edits.map(({ messageId, content, edit: { editId } }) =>
        insertAt(this.#cassandra.dialect, editId, {
          cql: 'INSERT INTO messages_by_conversation (conversation_id, bucket, message_id, edit_id, edited_content) VALUES (?, ?, ?, ?, ?)',
          values: [conversationId, bucketNumber, messageId, editId, content],
        }),
      ),
    );
  }

  async openBucket(conversationId: ConversationId, bucket: Bucket): Promise<void> {
    await this.#insert(bucket.firstId, {
      cql: 'INSERT INTO buckets_by_conversation (conversation_id, first_message_id, bucket) VALUES (?, ?, ?)',
      values: [conversationId, bucket.firstId, bucket.number],
    });
  }

  async writeOverview(conversationId: ConversationId, { buckets, head }: Overview): Promise<void> {
    const { dialect } = this.#cassandra;
    const statements = buckets.map((bucket) =>
      insertAt(dialect, bucket.throughId, {
        cql: 'INSERT INTO buckets_by_conversation (conversation_id, first_message_id, message_count, through_id) VALUES (?, ?, ?, ?)',
        values: [conversationId, bucket.firstId, bucket.count, bucket.throughId],
      }),
    );
    if (head !== undefined) {
      statements.push(
        insertAt(dialect, versionOf(head), {
          cql: 'INSERT INTO conversation_heads (conversation_id, message) VALUES (?, ?)',
          values: [conversationId, JSON.stringify(head)],
        }),
      );
    }
    // Both tables are partitioned by the conversation: Cassandra makes one mutation of it all. Keyspaces' pages do not say so.
    if (dialect === 'keyspaces') await Promise.all(statements.map((one) => this.#writeTogether([one])));
    else if (statements.length > 0) await this.#writeTogether(statements);
  }

  async acceptsWrites(): Promise<boolean> {
    try {
      // A conversation that can't exist: nobody reads it, and each probe overwrites the last.
      await this.#insert('00000000000000000000000000', {
        cql: 'INSERT INTO messages_by_conversation (conversation_id, bucket, message_id, sender, nonce, content, posted_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        values: ['probe', 0, '00000000000000000000000000', 'probe', 'probe', 'probe', new Date(0)],
      });
      return true;
    } catch (error) {
      if (error instanceof StoreRefusalError) return false;
      throw error;
    }
  }

  /** Rows of one partition. */
  async #writeTogether(statements: readonly Statement[]): Promise<void> {
    const [only] = statements;
    if (statements.length === 1 && only) {
      await this.#cassandra.execute(only.cql, only.values, { timeoutMs: TIMEOUT_MS });
    } else {
      await this.#cassandra.executeBatch(statements, { timeoutMs: TIMEOUT_MS });
    }
  }

  async #insert(messageId: MessageId, insert: Statement): Promise<void> {
    const { cql, values } = insertAt(this.#cassandra.dialect, messageId, insert);
    await this.#cassandra.execute(cql, values, { timeoutMs: TIMEOUT_MS });
  }

  #read(cql: string, values: Statement['values']): Promise<Row[]> {
    return this.#cassandra.execute(cql, values, { timeoutMs: TIMEOUT_MS });
  }
}

function keyOf(row: Row): StoredKey {
  return { messageId: row.message_id as string, sender: row.sender as string, nonce: row.nonce as string };
}

/** An id that sorts right before `messageId`, so that the bucket it opens is not found again. */
function justBefore(messageId: MessageId): MessageId {
  return `${messageId.slice(0, -1)}`;
}
