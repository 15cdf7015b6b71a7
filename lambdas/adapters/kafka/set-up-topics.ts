import { TOPICS, type TopicDeclaration } from '../../../core/contract/topics.ts';
import { StoreUnavailableError } from '../../application/ports/store-errors.ts';
import { createKafkaClient, type KafkaClientOptions } from './kafka-client.ts';

/** A topic is not as declared, and can't be changed without losing the order of its records. */
export class TopicMismatchError extends Error {
  constructor(topic: string, found: number, declared: number) {
    super(
      `The topic ${topic} has ${found} partitions, but ${declared} are declared. Its count never changes: set ` +
        'TOPIC_PARTITIONS to what it was made with, or begin a new generation of the topic.',
    );
    this.name = 'TopicMismatchError';
  }
}

export interface TopicSetUp {
  readonly topicPrefix: string;
  readonly partitions: 'cloud' | 'local';
  readonly replicationFactor: number;
  /** False where the topics are resources of the stack: then they are only checked. */
  readonly createsTopics: boolean;
}

/**
 * Makes the declared topics that are missing and checks the partition counts of all. Safe to run again.
 *
 * @throws {TopicMismatchError}
 * @throws {StoreUnavailableError}
 */
export async function setUpTopics(options: KafkaClientOptions, setUp: TopicSetUp): Promise<void> {
  const declared = Object.values<TopicDeclaration>(TOPICS).map((topic) => ({
    ...topic,
    topic: `${setUp.topicPrefix}${topic.name}`,
    numPartitions: topic.partitions[setUp.partitions],
  }));
  const admin = createKafkaClient(options).admin({ retry: { retries: 8 } });
  try {
    await admin.connect();
    const existing = new Set(await admin.listTopics());
    const missing = declared.filter(({ topic }) => !existing.has(topic));
    if (setUp.createsTopics && missing.length > 0) {
      await admin.createTopics({
        timeout: 15_000,
        waitForLeaders: true,
        topics: missing.map(({ topic, numPartitions, configs }) => ({
          topic,
          numPartitions,
          replicationFactor: setUp.replicationFactor,
          configEntries: Object.entries(configs).map(([name, value]) => ({
            name,
            // One broker can't keep two copies in sync.
            value:
              name === 'min.insync.replicas'
                ? String(Math.min(Number(value), setUp.replicationFactor))
                : value,
          })),
        })),
      });
    }
    const { topics } = await admin.fetchTopicMetadata({ topics: declared.map(({ topic }) => topic) });
    for (const { topic, numPartitions } of declared) {
      const found = topics.find(({ name }) => name === topic)?.partitions.length ?? 0;
      if (found !== numPartitions) throw new TopicMismatchError(topic, found, numPartitions);
    }
  } catch (error) {
    if (error instanceof TopicMismatchError) throw error;
    throw new StoreUnavailableError('kafka', error);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
