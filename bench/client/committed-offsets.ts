import { Kafka, logLevel } from 'kafkajs';
import type { StoreAddresses } from '../../local/stores/stores.ts';

/** How many records of a topic a group has behind it, in all partitions together. */
export async function committedOffsets(
  stores: StoreAddresses,
  groupId: string,
  topic: string,
): Promise<number> {
  const admin = new Kafka({ brokers: [...stores.kafka.brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] });
    // -1 where nothing was committed yet.
    return (offsets?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
  } finally {
    await admin.disconnect();
  }
}
