import { TOPICS } from '../../core/contract/topics.ts';
import { CassandraMessageStore } from '../adapters/cassandra/cassandra-message-store.ts';
import { KafkaDeadLetters } from '../adapters/kafka/kafka-dead-letters.ts';
import { ConversationMemories } from '../application/store/conversation-memory.ts';
import type { StorePorts } from '../application/store/store-batch.ts';
import { cassandra } from './cassandra.ts';
import { logSettings } from './environment.ts';
import { logProducer } from './kafka.ts';
import { logProgress } from './log-progress.ts';
import { once } from './once.ts';
import { signalLog } from './signals.ts';

export const messagesTopic = once(() => `${logSettings().topicPrefix}${TOPICS.messages.name}`);

export const storePorts = once((): StorePorts => {
  const { topicPrefix, messagesGeneration } = logSettings();
  return {
    store: new CassandraMessageStore(cassandra()),
    signalLog: signalLog(),
    deadLetters: new KafkaDeadLetters({ producer: logProducer(), topicPrefix }),
    progress: logProgress(),
    memories: new ConversationMemories(),
    generation: messagesGeneration,
  };
});
