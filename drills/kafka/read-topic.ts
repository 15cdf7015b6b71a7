import { randomUUID } from 'node:crypto';
import { Kafka, type KafkaMessage, logLevel } from 'kafkajs';
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

/** By partition: where the next record will stand. */
export type TopicEnds = ReadonlyMap<number, bigint>;

export async function endsOf(brokers: readonly string[], topic: string): Promise<TopicEnds> {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]));
  } finally {
    await admin.disconnect();
  }
}

/**
 * Everything that a topic holds now, by partition and offset.
 *
 * @param from only what came after these ends
 */
export async function readTopic(
  brokers: readonly string[],
  topic: string,
  from: TopicEnds = new Map(),
): Promise<TopicRecord[]> {
  const ends = await endsOf(brokers, topic);
  const beginningOf = (partition: number) => from.get(partition) ?? 0n;
  const missing = new Set(
    [...ends].filter(([partition, end]) => end > beginningOf(partition)).map(([partition]) => partition),
  );
  if (missing.size === 0) return [];
  const records: TopicRecord[] = [];
  const consumer = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).consumer({
    groupId: `reader-${randomUUID()}`,
    maxWaitTimeInMs: 200,
  });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition, message }) => {
        const end = ends.get(partition) ?? 0n;
        const offset = BigInt(message.offset);
        if (offset < end && offset >= beginningOf(partition)) records.push(recordOf(partition, message));
        if (offset + 1n >= end) missing.delete(partition);
      },
    });
    for (const [partition, offset] of from) consumer.seek({ topic, partition, offset: String(offset) });
    await waitFor(`all of ${topic} to be read`, () => missing.size === 0, 120_000);
  } finally {
    await consumer.disconnect();
  }
  return records.sort((a, b) => a.partition - b.partition || Number(a.offset - b.offset));
}

function recordOf(partition: number, message: KafkaMessage): TopicRecord {
  return {
    partition,
    offset: BigInt(message.offset),
    timestamp: Number(message.timestamp),
    key: message.key?.toString(),
    value: message.value?.toString(),
    headers: Object.fromEntries(
      Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]),
    ),
  };
}
