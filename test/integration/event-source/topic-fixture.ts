import { randomUUID } from 'node:crypto';
import { type Admin, Kafka, logLevel, type Producer } from 'kafkajs';
import type { EventSourceDeclaration } from '../../../core/contract/event-sources.ts';
import { EventSource } from '../../../local/event-source/event-source.ts';
import type { KafkaEvent, KafkaEventRecord } from '../../../local/event-source/kafka-event.ts';
import type { InvocationResult } from '../../../local/functions/invocation.ts';

/** A topic of its own with a producer, and event sources on it. */
export interface TopicFixture {
  readonly prefix: string;
  readonly topic: string;
  readonly admin: Admin;
  readonly producer: Producer;
  /** A source with that function; started already, stopped with the fixture. */
  source(
    handle: (event: KafkaEvent) => Promise<unknown>,
    changes?: Partial<EventSourceDeclaration>,
  ): EventSource;
  /** Everything that sources had to say. */
  readonly logged: string[];
  /** Offsets that the group has committed, by partition; -1 where none. */
  committed(name?: string): Promise<number[]>;
  end(): Promise<void>;
}

export const DECLARATION: EventSourceDeclaration = {
  name: 'store-messages',
  function: 'store',
  topic: 'messages',
  batchSize: 100,
  maximumBatchingWindowSeconds: 0,
  pollers: { minimum: 1, maximum: 4 },
  startingPosition: 'TRIM_HORIZON',
  reportBatchItemFailures: true,
  maximumRetryAttempts: -1,
};

export async function topicFixture(brokers: readonly string[], partitions = 3): Promise<TopicFixture> {
  const prefix = `test-${randomUUID().slice(0, 8)}-`;
  const topic = `${prefix}messages`;
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING, retry: { retries: 20 } });
  const admin = kafka.admin();
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({
    topics: [{ topic, numPartitions: partitions, replicationFactor: brokers.length }],
  });
  const sources: EventSource[] = [];
  const logged: string[] = [];
  return {
    prefix,
    topic,
    admin,
    producer,
    logged,
    source(handle, changes = {}) {
      const source = new EventSource({
        declaration: { ...DECLARATION, ...changes },
        brokers,
        topicPrefix: prefix,
        identity: {
          kind: 'msk',
          clusterArn: 'arn:aws:kafka:us-east-1:000000000000:cluster/test/1',
          bootstrapServers: brokers,
        },
        invoke: (_name, event) => answerOf(handle, event as KafkaEvent),
        backoff: { firstMilliseconds: 20, longestMilliseconds: 100 },
        log: (message, details) => logged.push(`${message} ${JSON.stringify(details)}`),
      });
      sources.push(source);
      source.start();
      return source;
    },
    async committed(name = DECLARATION.name) {
      const [found] = await admin.fetchOffsets({ groupId: prefix + name, topics: [topic] });
      return (found?.partitions ?? [])
        .toSorted((a, b) => a.partition - b.partition)
        .map(({ offset }) => Number(offset));
    },
    async end() {
      await Promise.all(sources.map((source) => source.stop()));
      await admin.deleteTopics({ topics: [topic] });
      await Promise.all([admin.disconnect(), producer.disconnect()]);
    },
  };
}

async function answerOf(
  handle: (event: KafkaEvent) => Promise<unknown>,
  event: KafkaEvent,
): Promise<InvocationResult> {
  try {
    return { kind: 'returned', value: await handle(event) };
  } catch (error) {
    return { kind: 'failed', errorType: 'Error', errorMessage: String(error) };
  }
}

/** All records of an event, partition after partition. */
export function recordsOf(event: KafkaEvent): KafkaEventRecord[] {
  return Object.values(event.records).flat();
}

export function textOf(record: KafkaEventRecord): string {
  return Buffer.from(record.value ?? '', 'base64').toString('utf8');
}
