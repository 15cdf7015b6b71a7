import { KafkaMessageLog } from '../adapters/kafka/kafka-message-log.ts';
import type { MessageLog } from '../application/ports/message-log.ts';
import { logSettings } from './environment.ts';
import { logProducer } from './kafka.ts';
import { count } from './metrics.ts';
import { once } from './once.ts';

export const messageLog = once((): MessageLog => {
  const { topicPrefix, messagesGeneration } = logSettings();
  return new KafkaMessageLog({
    producer: logProducer(),
    topicPrefix,
    generation: messagesGeneration,
    onRetry: () => count('PostRetries'),
  });
});
