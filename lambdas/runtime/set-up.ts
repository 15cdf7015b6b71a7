import { setUpSchema } from '../adapters/cassandra/set-up-schema.ts';
import { setUpTopics } from '../adapters/kafka/set-up-topics.ts';
import { cassandraOptionsOf } from './cassandra-options.ts';
import { cassandraSettings, kafkaSettings, setUpSettings } from './environment.ts';
import { kafkaClientOptionsOf } from './kafka.ts';

/** Brings topics and tables to what is declared. */
export async function setUpSchemaAndTopics(): Promise<void> {
  const kafka = kafkaSettings();
  const cassandra = cassandraSettings();
  const { partitions, kafkaReplicationFactor, createsTopics } = setUpSettings();
  await Promise.all([
    setUpTopics(kafkaClientOptionsOf(kafka), {
      topicPrefix: kafka.topicPrefix,
      partitions,
      replicationFactor: kafkaReplicationFactor,
      createsTopics,
    }),
    setUpSchema(cassandraOptionsOf(cassandra), cassandra),
  ]);
}
