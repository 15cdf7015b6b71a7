import { randomUUID } from 'node:crypto';
import { CompressionTypes, Kafka, logLevel, type Message, Partitioners } from 'kafkajs';
import type { ConversationId } from '../../core/contract/ids.ts';
import { type MessagePostedRecord, RECORD_HEADERS } from '../../core/contract/records.ts';
import type { StoreAddresses } from '../../local/stores/stores.ts';
import { CONTENT } from '../message-path/room.ts';

const BATCH = 1_000;
const BATCHES_AT_ONCE = 4;

/** Messages to be; the functions are told a message's number, from 0. */
export interface Filling {
  readonly count: number;
  readonly conversationOf: (index: number) => ConversationId;
  readonly senderOf: (index: number) => string;
  /** As long as people write, by default. */
  readonly contentOf?: (index: number) => string;
}

/** Puts messages into the log as the producer function would, past the API. */
export async function fillLog(
  stores: StoreAddresses,
  topicPrefix: string,
  { count, conversationOf, senderOf, contentOf = () => CONTENT }: Filling,
): Promise<void> {
  const producer = new Kafka({ brokers: [...stores.kafka.brokers], logLevel: logLevel.NOTHING }).producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  let next = 0;
  const fill = async () => {
    while (next < count) {
      const first = next;
      next = Math.min(count, first + BATCH);
      const messages = Array.from({ length: next - first }, (_, offset) => {
        const index = first + offset;
        return recordOf(conversationOf(index), senderOf(index), contentOf(index));
      });
      await producer.send({
        topic: `${topicPrefix}messages`,
        acks: -1,
        compression: CompressionTypes.None,
        messages,
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, fill));
  } finally {
    await producer.disconnect();
  }
}

function recordOf(conversationId: ConversationId, sender: string, content: string): Message {
  const record: MessagePostedRecord = {
    type: 'message.posted',
    version: 1,
    conversationId,
    sender,
    nonce: randomUUID(),
    content,
  };
  return {
    key: conversationId,
    value: JSON.stringify(record),
    headers: { [RECORD_HEADERS.attempt]: '0', [RECORD_HEADERS.try]: '0' },
  };
}
