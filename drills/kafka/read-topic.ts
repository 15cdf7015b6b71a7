import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { waitFor } from '../run/wait-for.ts';

export interface TopicRecord {
  readonly partition: number;
  readonly offset: bigint;
  /** As the log has it, milliseconds since the epoch. */
  readonly timestamp: number;
  readonly key: string | undefined;
  readonly value: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Everything that a topic holds now, by partition and offset. */
export async function readTopic(brokers: readonly string[], topic: string): Promise<TopicRecord[]> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic).finally(() => admin.disconnect());
  const missing = new Set(ends.filter(({ low, high }) => low !== high).map(({ partition }) => partition));
  const records: TopicRecord[] = [];
  const consumer = kafka.consumer({ groupId: `reader-${randomUUID()}`, maxWaitTimeInMs: 200 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition, message }) => {
        const end = BigInt(ends.find((each) => each.partition === partition)?.high ?? 0);
        const offset = BigInt(message.offset);
        if (offset < end) {
          records.push({
            partition,
            offset,
            timestamp: Number(message.timestamp),
            key: message.key?.toString(),
            value: message.value?.toString(),
            headers: Object.fromEntries(
              Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]),
            ),
          });
        }
        if (offset + 1n >= end) missing.delete(partition);
      },
    });
    await waitFor(`all of ${topic} to be read`, () => missing.size === 0, 120_000);
  } finally {
    await consumer.disconnect();
  }
  return records.sort((a, b) => a.partition - b.partition || Number(a.offset - b.offset));
}
