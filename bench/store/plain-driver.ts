import { Client, types } from 'cassandra-driver';
import type { TopicRecord } from '../../drills/kafka/read-topic.ts';
import type { StoreAddresses } from '../../local/stores/stores.ts';
import { CONTENT } from '../message-path/room.ts';

const STATEMENTS = 30;
const CONVERSATIONS_AT_ONCE = 32;
const INSERT =
  'INSERT INTO messages_by_conversation (conversation_id, bucket, message_id, sender, nonce, content, posted_at) VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?';
const HEAD = 'INSERT INTO conversation_heads (conversation_id, message) VALUES (?, ?) USING TIMESTAMP ?';
const BUCKET =
  'INSERT INTO buckets_by_conversation (conversation_id, first_message_id, bucket, message_count, through_id) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?';

/** cassandra-driver as somebody would use it by hand, on the tables of a keyspace. */
export class PlainDriver {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async open(stores: StoreAddresses, keyspace: string): Promise<PlainDriver> {
    const { contactPoints, port, localDataCenter } = stores.cassandra;
    const client = new Client({
      contactPoints: [...contactPoints],
      localDataCenter,
      protocolOptions: { port },
      keyspace,
      queryOptions: { consistency: types.consistencies.localQuorum, prepare: true },
      socketOptions: { readTimeout: 30_000 },
    });
    await client.connect();
    return new PlainDriver(client);
  }

  /** Writes the rows of these records: what belongs to one conversation in batches, its head and bucket once. */
  async write(records: readonly TopicRecord[]): Promise<void> {
    const conversations = new Map<string, TopicRecord[]>();
    for (const record of records) {
      const key = record.key ?? '';
      const together = conversations.get(key);
      if (together) together.push(record);
      else conversations.set(key, [record]);
    }
    const work = [...conversations].values();
    const worker = async () => {
      for (const [conversationId, together] of work) await this.#writeConversation(conversationId, together);
    };
    await Promise.all(Array.from({ length: CONVERSATIONS_AT_ONCE }, worker));
  }

  async newestPage(conversationId: string, bucket: number, limit: number): Promise<number> {
    const { rowLength } = await this.#client.execute(
      'SELECT message_id, sender, nonce, content, posted_at FROM messages_by_conversation WHERE conversation_id = ? AND bucket = ? LIMIT ?',
      [conversationId, bucket, types.Integer.fromNumber(limit)],
    );
    return rowLength;
  }

  async close(): Promise<void> {
    await this.#client.shutdown();
  }

  async #writeConversation(conversationId: string, records: readonly TopicRecord[]): Promise<void> {
    for (let start = 0; start < records.length; start += STATEMENTS) {
      const queries = records.slice(start, start + STATEMENTS).map((record) => ({
        query: INSERT,
        params: [
          conversationId,
          0,
          idOf(record),
          'ada',
          String(record.offset).padStart(36, '0'),
          CONTENT,
          new Date(record.timestamp),
          types.Long.fromString(String(record.offset + 1n)),
        ],
      }));
      await this.#client.batch(queries, { logged: false });
    }
    const [first, last] = [records[0], records.at(-1)];
    if (first === undefined || last === undefined) return;
    const timestamp = types.Long.fromString(String(last.offset + 1n));
    await this.#client.execute(BUCKET, [
      conversationId,
      idOf(first),
      0,
      records.length,
      idOf(last),
      timestamp,
    ]);
    await this.#client.execute(HEAD, [conversationId, last.value ?? '', timestamp]);
  }
}

function idOf({ offset, partition }: TopicRecord): string {
  return `${String(offset).padStart(20, '0')}${String(partition).padStart(6, '0')}`;
}
