import type { MSKEvent, SelfManagedKafkaEvent } from 'aws-lambda';
import { ConversationMemories } from '../application/store/conversation-memory.ts';
import { type StorePorts, storeBatch } from '../application/store/store-batch.ts';
import { failuresOf, type KafkaBatchResponse, partitionsOf } from '../middleware/kafka-event.ts';
import { logSettings } from '../runtime/environment.ts';
import { logProgress } from '../runtime/log-progress.ts';
import { logger } from '../runtime/logger.ts';
import { count, publishMetrics } from '../runtime/metrics.ts';
import { once } from '../runtime/once.ts';
import { signalLog } from '../runtime/signals.ts';
import { deadLetters, messageStore } from '../runtime/store.ts';
import { messagesTopic } from '../runtime/topics.ts';

const ports = once(
  (): StorePorts => ({
    store: messageStore(),
    signalLog: signalLog(),
    deadLetters: deadLetters(),
    progress: logProgress(),
    memories: new ConversationMemories(),
    generation: logSettings().messagesGeneration,
  }),
);

/** Writes the log's messages into Cassandra and announces what is kept. */
export async function handler(event: MSKEvent | SelfManagedKafkaEvent): Promise<KafkaBatchResponse> {
  const startedAt = performance.now();
  const partitions = partitionsOf(event);
  const outcome = await storeBatch(ports(), partitions);
  const oldest = Math.min(...partitions.map(({ records }) => records[0]?.timestamp ?? Date.now()));
  count(
    'StoreBatchRecords',
    partitions.reduce((sum, { records }) => sum + records.length, 0),
  );
  count('StoreBatchTime', performance.now() - startedAt);
  count('StoreLag', Math.max(0, Date.now() - oldest));
  count('MessagesStored', outcome.stored);
  count('DuplicatesDropped', outcome.duplicates);
  count('DuplicateLookups', outcome.lookups);
  count('DeadLetters', outcome.deadLetters);
  for (const { partition, offset, error } of outcome.failures) {
    count('StoreRetries');
    logger.warn('a partition will be stored again', {
      partition,
      offset: String(offset),
      error: nameOf(error),
    });
  }
  publishMetrics();
  return failuresOf(
    outcome.failures.map(({ partition, offset }) => ({ topic: messagesTopic(), partition, offset })),
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
}
