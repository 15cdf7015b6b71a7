import type { ConversationId, MessageId, UserId } from '../../../core/contract/ids.ts';
import { UNREAD_COUNT_MAX } from '../../../core/contract/limits.ts';
import type { UnreadMessages } from '../../application/ports/unread-messages.ts';
import type { Cassandra } from './cassandra.ts';
import { BUCKET_COLUMNS, bucketOf } from './message-rows.ts';

/** Sorts after every message id. */
const AFTER_ALL_IDS = '~';
/** Sorts before every character of a message id, the least of which is "0": no id stands between. */
const RIGHT_AFTER = '!';
/** Own messages are read but not counted; a conversation with more of them than this is counted no further. */
const READ_MAX = 10 * UNREAD_COUNT_MAX;

/** Counts rows of the newest buckets, newest first. */
export class CassandraUnreadMessages implements UnreadMessages {
  readonly #cassandra: Cassandra;

  constructor(cassandra: Cassandra) {
    this.#cassandra = cassandra;
  }

  async countAfter(
    reader: UserId,
    conversationId: ConversationId,
    after: MessageId | undefined,
  ): Promise<number> {
    let unread = 0;
    let read = 0;
    let before: MessageId = AFTER_ALL_IDS;
    while (read < READ_MAX) {
      const rows = await this.#newestBefore(conversationId, before, after);
      if (rows === undefined) break;
      unread += rows.senders.filter((sender) => sender !== reader).length;
      if (unread >= UNREAD_COUNT_MAX) return UNREAD_COUNT_MAX;
      read += rows.senders.length;
      before = rows.oldestId;
    }
    return unread;
  }

  /** Senders of at most UNREAD_COUNT_MAX messages of one bucket between the two ids; undefined if there are none left. */
  async #newestBefore(
    conversationId: ConversationId,
    before: MessageId,
    after: MessageId | undefined,
  ): Promise<{ senders: UserId[]; oldestId: MessageId } | undefined> {
    if (after !== undefined && before <= after) return undefined;
    const [row] = await this.#cassandra.execute(
      `SELECT ${BUCKET_COLUMNS} FROM buckets_by_conversation WHERE conversation_id = ? AND first_message_id < ? LIMIT 1`,
      [conversationId, before],
    );
    if (row === undefined) return undefined;
    const bucket = bucketOf(row);
    const first = after === undefined || after < bucket.firstId ? bucket.firstId : after + RIGHT_AFTER;
    const rows = await this.#cassandra.execute(
      'SELECT message_id, sender FROM messages_by_conversation WHERE conversation_id = ? AND bucket = ? AND message_id >= ? AND message_id < ? LIMIT ?',
      [conversationId, bucket.number, first, before, UNREAD_COUNT_MAX],
    );
    const oldest = rows.length < UNREAD_COUNT_MAX ? undefined : rows.at(-1);
    return {
      senders: rows.map(({ sender }) => sender as string),
      // A bucket that gave less than a page is through: the next one is older than its first message.
      oldestId: (oldest?.message_id as string | undefined) ?? bucket.firstId,
    };
  }
}
