import { TOPICS, type TopicDeclaration } from '../../../core/contract/topics.ts';
import { StoreUnavailableError } from '../../application/ports/store-errors.ts';
import { createKafkaClient, type KafkaClientOptions } from './kafka-client.ts';
import { makeTopics, TopicsNotReadyError } from './make-topics.ts';
import { TopicMismatchError } from './topic-mismatch-error.ts';
import type { WantedTopic } from './wanted-topic.ts';

export interface TopicSetUp {
  readonly topicPrefix: string;
  readonly partitions: 'cloud' | 'local';
  readonly replicationFactor: number;
  /** False where the topics are resources of the stack: then they are only checked. */
  readonly createsTopics: boolean;
}

/**
 * Makes the declared topics that are missing, checks the partition counts and settings of all and waits until they take
 * records. Safe to run again.
 *
 * @throws {TopicMismatchError}
 * @throws {TopicsNotReadyError}
 * @throws {StoreUnavailableError} if no broker answers
 */
export async function setUpTopics(options: KafkaClientOptions, setUp: TopicSetUp): Promise<void> {
  const admin = (await createKafkaClient(options)).admin({ retry: { retries: 8 } });
  try {
    await admin.connect();
    await makeTopics(admin, wantedTopics(setUp), { creates: setUp.createsTopics });
  } catch (error) {
    if (error instanceof TopicMismatchError || error instanceof TopicsNotReadyError) throw error;
    throw new StoreUnavailableError('kafka', error);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

function wantedTopics({ topicPrefix, partitions, replicationFactor }: TopicSetUp): WantedTopic[] {
  return Object.values<TopicDeclaration>(TOPICS).map((declared) => {
    // One broker can't keep two copies in sync.
    const inSyncReplicas = Math.min(Number(declared.configs['min.insync.replicas']), replicationFactor);
    return {
      topic: `${topicPrefix}${declared.name}`,
      numPartitions: declared.partitions[partitions],
      replicationFactor,
      inSyncReplicas,
      configs: { ...declared.configs, 'min.insync.replicas': String(inSyncReplicas) },
    };
  });
}
