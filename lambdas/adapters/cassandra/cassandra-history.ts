import type { ConversationId, MessageId } from '../../../core/contract/ids.ts';
import type { Message } from '../../../core/contract/messages.ts';
import type { Bucket } from '../../../core/domain/bucket.ts';
import type { History, HistoryPage } from '../../application/ports/history.ts';
import { StoreUnavailableError } from '../../application/ports/store-errors.ts';
import type { Cassandra } from './cassandra.ts';
import { BUCKET_COLUMNS, bucketOf, MESSAGE_COLUMNS, messageOf } from './message-rows.ts';

/** Above every message id: ids begin with 0 to 7. */
const END = '~';
/** Conversations whose newest bucket is remembered, to ask for it before its row is read. */
const REMEMBERED_BUCKETS = 5_000;

interface Range {
  readonly bucket: Bucket;
  /** First id that is no longer in the bucket. */
  readonly end: MessageId;
}

/**
 * Pages from the tables of buckets and messages. A page costs one query for the buckets and one for each bucket it
 * touches, mostly one, however long the history is. The two run at the same time where the bucket can be guessed.
 */
export class CassandraHistory implements History {
  readonly #cassandra: Cassandra;
  readonly #newestBuckets = new Map<ConversationId, number>();

  constructor(cassandra: Cassandra) {
    this.#cassandra = cassandra;
  }

  async newest(
    conversationId: ConversationId,
    { before, limit }: { before: MessageId | undefined; limit: number },
  ): Promise<HistoryPage> {
    const upper = before ?? END;
    const guessed = before === undefined ? (this.#newestBuckets.get(conversationId) ?? 0) : undefined;
    const [rows, guess] = await Promise.all([
      this.#bucketsBelow(conversationId, upper, 2),
      guessed === undefined
        ? undefined
        : settled(this.#descending(conversationId, guessed, '', END, limit + 1)),
    ]);
    const messages: Message[] = [];
    let ranges: readonly Range[] = rangesOf(rows, upper);
    for (let next = ranges[0]; next; next = ranges[0]) {
      const { bucket, end } = next;
      if (messages.length === 0 && guess !== undefined && guessed === bucket.number) {
        messages.push(...guess().filter(({ messageId }) => messageId >= bucket.firstId && messageId < end));
      } else {
        const missing = limit + 1 - messages.length;
        messages.push(
          ...(await this.#descending(conversationId, bucket.number, bucket.firstId, end, missing)),
        );
      }
      if (messages.length > limit) break;
      ranges = ranges.length > 1 ? ranges.slice(1) : await this.#rangesBelow(conversationId, bucket.firstId);
    }
    if (before === undefined && rows[0]) this.#remember(conversationId, rows[0].number);
    const page = messages.slice(0, limit).reverse();
    return {
      messages: page,
      hasOlder: messages.length > limit,
      hasNewer: before !== undefined,
      storedThrough: before === undefined ? newestOf(rows[0], page) : undefined,
    };
  }

  async following(
    conversationId: ConversationId,
    { after, before, limit }: { after: MessageId; before: MessageId | undefined; limit: number },
  ): Promise<HistoryPage> {
    const [[containing], later] = await Promise.all([
      this.#bucketsBelow(conversationId, `${after}~`, 1),
      this.#bucketsAbove(conversationId, after),
    ]);
    const buckets = [...(containing ? [containing] : []), ...later];
    const messages: Message[] = [];
    for (const [index, bucket] of buckets.entries()) {
      const end = smaller(buckets[index + 1]?.firstId ?? END, before ?? END);
      const rows = await this.#cassandra.execute(
        `SELECT ${MESSAGE_COLUMNS} FROM messages_by_conversation WHERE conversation_id = ? AND bucket = ? AND message_id > ? AND message_id < ? ORDER BY message_id ASC LIMIT ?`,
        [conversationId, bucket.number, after, end, limit + 1 - messages.length],
      );
      messages.push(...rows.map((row) => messageOf(conversationId, row)));
      if (messages.length > limit) break;
    }
    return {
      messages: messages.slice(0, limit),
      hasOlder: true,
      hasNewer: messages.length > limit,
      storedThrough: before === undefined ? newestOf(buckets.at(-1), messages) : undefined,
    };
  }

  /** Newest first. */
  async #descending(
    conversationId: ConversationId,
    bucketNumber: number,
    from: MessageId,
    end: MessageId,
    limit: number,
  ): Promise<Message[]> {
    const rows = await this.#cassandra.execute(
      `SELECT ${MESSAGE_COLUMNS} FROM messages_by_conversation WHERE conversation_id = ? AND bucket = ? AND message_id >= ? AND message_id < ? LIMIT ?`,
      [conversationId, bucketNumber, from, end, limit],
    );
    return rows.map((row) => messageOf(conversationId, row));
  }

  async #rangesBelow(conversationId: ConversationId, upper: MessageId): Promise<readonly Range[]> {
    return rangesOf(await this.#bucketsBelow(conversationId, upper, 2), upper);
  }

  async #bucketsBelow(conversationId: ConversationId, upper: MessageId, limit: number): Promise<Bucket[]> {
    const rows = await this.#cassandra.execute(
      `SELECT ${BUCKET_COLUMNS} FROM buckets_by_conversation WHERE conversation_id = ? AND first_message_id < ? LIMIT ?`,
      [conversationId, upper, limit],
    );
    return rows.map(bucketOf);
  }

  async #bucketsAbove(conversationId: ConversationId, after: MessageId): Promise<Bucket[]> {
    const rows = await this.#cassandra.execute(
      `SELECT ${BUCKET_COLUMNS} FROM buckets_by_conversation WHERE conversation_id = ? AND first_message_id > ? ORDER BY first_message_id ASC LIMIT 3`,
      [conversationId, after],
    );
    return rows.map(bucketOf);
  }

  #remember(conversationId: ConversationId, bucketNumber: number): void {
    if (bucketNumber === 0) return;
    this.#newestBuckets.delete(conversationId);
    this.#newestBuckets.set(conversationId, bucketNumber);
    if (this.#newestBuckets.size <= REMEMBERED_BUCKETS) return;
    const oldest = this.#newestBuckets.keys().next().value;
    if (oldest !== undefined) this.#newestBuckets.delete(oldest);
  }
}

/** Buckets, newest first → their ranges. Rows outside them are leftovers of an older cut and do not count. */
function rangesOf(buckets: readonly Bucket[], upper: MessageId): Range[] {
  return buckets.map((bucket, index) => ({
    bucket,
    end: index === 0 ? upper : (buckets[index - 1]?.firstId ?? upper),
  }));
}

function smaller(one: MessageId, other: MessageId): MessageId {
  return one < other ? one : other;
}

/** The bucket's count is written after its messages, so a page may already show more than it says. */
function newestOf(bucket: Bucket | undefined, page: readonly Message[]): MessageId | undefined {
  const shown = page.at(-1)?.messageId ?? '';
  const counted = bucket?.throughId ?? '';
  return (shown > counted ? shown : counted) || undefined;
}

/** Keeps a failure for when the result is asked for: a guess that nobody needs must not fail the page. */
async function settled<T>(work: Promise<T>): Promise<() => T> {
  try {
    const value = await work;
    return () => value;
  } catch (error) {
    return () => {
      throw error instanceof Error ? error : new StoreUnavailableError('cassandra', error);
    };
  }
}
