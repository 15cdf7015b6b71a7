import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import { onTestFinished } from 'vitest';
import { waitFor } from '../../../drills/run/wait-for.ts';

/** A client without a retry of its own, so that a test sees each outcome. */
export function kafkaClient(brokers: string[]): kafkajs.Kafka {
  return new kafkajs.Kafka({ brokers, retry: { retries: 0 }, logLevel: kafkajs.logLevel.NOTHING });
}

/** A client that outlasts what the tests do to brokers. */
export function patientKafkaClient(brokers: string[]): kafkajs.Kafka {
  return new kafkajs.Kafka({
    brokers,
    retry: { retries: 30, initialRetryTime: 100, maxRetryTime: 500 },
    logLevel: kafkajs.logLevel.NOTHING,
  });
}

/** A connected producer that takes every acknowledgement there is; it disconnects when the test ends. */
export async function connectProducer(kafka: kafkajs.Kafka): Promise<kafkajs.Producer> {
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  return producer;
}

/** A topic of the test's own with one partition; it goes when the test ends. */
export async function createTopic(brokers: string[], replicationFactor: number): Promise<string> {
  const topic = `test-${randomUUID()}`;
  const admin = patientKafkaClient(brokers).admin();
  await admin.connect();
  await admin.createTopics({
    topics: [{ topic, numPartitions: 1, replicationFactor }],
    waitForLeaders: false,
  });
  // Waited for here, because the client's own wait gives up when it asks a broker that has not heard of the topic yet.
  await waitFor('the topic to have a leader', async () => (await recordCount(brokers, topic)) === 0);
  onTestFinished(async () => {
    await admin.deleteTopics({ topics: [topic] });
    await admin.disconnect();
  });
  return topic;
}

/** How many records the topic's one partition holds. */
export async function recordCount(brokers: string[], topic: string): Promise<number> {
  const admin = patientKafkaClient(brokers).admin();
  await admin.connect();
  try {
    const [partition] = await admin.fetchTopicOffsets(topic);
    return Number(partition?.high);
  } finally {
    await admin.disconnect();
  }
}
