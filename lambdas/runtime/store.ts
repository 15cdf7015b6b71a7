import { CassandraMessageStore } from '../adapters/cassandra/cassandra-message-store.ts';
import { KafkaDeadLetters } from '../adapters/kafka/kafka-dead-letters.ts';
import type { DeadLetters } from '../application/ports/dead-letters.ts';
import type { MessageStore } from '../application/ports/message-store.ts';
import { cassandra } from './cassandra.ts';
import { logSettings } from './environment.ts';
import { logProducer } from './kafka.ts';
import { once } from './once.ts';

export const messageStore = once((): MessageStore => new CassandraMessageStore(cassandra()));

export const deadLetters = once(
  (): DeadLetters =>
    new KafkaDeadLetters({ producer: logProducer(), topicPrefix: logSettings().topicPrefix }),
);
