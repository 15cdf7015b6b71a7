import { CassandraProbe } from '../adapters/cassandra/cassandra-probe.ts';
import { DynamoProbe } from '../adapters/dynamodb/dynamo-probe.ts';
import { KafkaProbe } from '../adapters/kafka/kafka-probe.ts';
import type { StoreProbe } from '../application/ports/store-probe.ts';
import { cassandra } from './cassandra.ts';
import { dynamodb } from './dynamodb.ts';
import { kafkaSettings } from './environment.ts';
import { kafkaClientOptionsOf } from './kafka.ts';
import { once } from './once.ts';

export const probes = once((): Readonly<Record<'kafka' | 'cassandra' | 'dynamodb', StoreProbe>> => {
  const { client, tableName } = dynamodb();
  return {
    kafka: new KafkaProbe(kafkaClientOptionsOf(kafkaSettings())),
    cassandra: new CassandraProbe(cassandra()),
    dynamodb: new DynamoProbe(client, 'progress', tableName),
  };
});
