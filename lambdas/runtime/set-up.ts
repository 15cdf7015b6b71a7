import { setUpSchema } from '../adapters/cassandra/set-up-schema.ts';
import { setUpTopics } from '../adapters/kafka/set-up-topics.ts';
import { ensureGeneral } from '../application/conversations/ensure-general.ts';
import { cassandraOptionsOf } from './cassandra-options.ts';
import { channels } from './conversations.ts';
import { cassandraSettings, kafkaSettings, setUpSettings } from './environment.ts';
import { claims } from './identity.ts';
import { kafkaClientOptionsOf } from './kafka.ts';

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
  await ensureGeneral({ channels: channels(), claims: claims() });
}
