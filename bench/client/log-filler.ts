import { randomUUID } from 'node:crypto';
import { CompressionTypes, Kafka, logLevel, type Message, Partitioners } from 'kafkajs';
import type { ConversationId } from '../../core/contract/ids.ts';
import { type MessagePostedRecord, RECORD_HEADERS } from '../../core/contract/records.ts';
import type { StoreAddresses } from '../../local/stores/stores.ts';
import { CONTENT } from '../message-path/room.ts';

const BATCH = 1_000;
const BATCHES_AT_ONCE = 4;

/** Puts messages into the log as the producer function would, past the API. */
export async function fillLog(
  stores: StoreAddresses,
  options: {
    readonly topicPrefix: string;
    readonly sender: string;
    readonly count: number;
    /** Of each message, by its number from 0. */
    readonly conversationOf: (index: number) => ConversationId;
  },
): Promise<void> {
  const producer = new Kafka({ brokers: [...stores.kafka.brokers], logLevel: logLevel.NOTHING }).producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  let next = 0;
  const fill = async () => {
    while (next < options.count) {
      const first = next;
      next = Math.min(options.count, first + BATCH);
      const messages = Array.from({ length: next - first }, (_, index) =>
        recordOf(options.conversationOf(first + index), options.sender),
      );
      await producer.send({
        topic: `${options.topicPrefix}messages`,
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

function recordOf(conversationId: ConversationId, sender: string): Message {
  const record: MessagePostedRecord = {
    type: 'message.posted',
    version: 1,
    conversationId,
    sender,
    nonce: randomUUID(),
    content: CONTENT,
  };
  return {
    key: conversationId,
    value: JSON.stringify(record),
    headers: { [RECORD_HEADERS.attempt]: '0', [RECORD_HEADERS.try]: '0' },
  };
}
