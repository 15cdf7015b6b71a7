import { randomUUID } from 'node:crypto';
import { ConfigResourceTypes, type EachMessagePayload, Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { TOPICS } from '../../../core/contract/topics.ts';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { KafkaMessageLog } from '../../../lambdas/adapters/kafka/kafka-message-log.ts';
import { LogProducer } from '../../../lambdas/adapters/kafka/log-producer.ts';
import { setUpTopics } from '../../../lambdas/adapters/kafka/set-up-topics.ts';
import { TopicMismatchError } from '../../../lambdas/adapters/kafka/topic-mismatch-error.ts';
import type { MessageToAppend } from '../../../lambdas/application/ports/message-log.ts';
import { StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';

const stores = inject('stores');
const topicPrefix = `test-${randomUUID().slice(0, 8)}-`;
const client = { brokers: () => stores.kafka.brokers, tls: false };
const setUp = {
  topicPrefix,
  partitions: 'local',
  replicationFactor: stores.replicationFactor,
  createsTopics: true,
} as const;
const admin = new Kafka({ brokers: stores.kafka.brokers, logLevel: logLevel.NOTHING }).admin();

beforeAll(async () => {
  await admin.connect();
  await setUpTopics(client, setUp);
});
afterAll(async () => {
  await admin.deleteTopics({ topics: Object.values(TOPICS).map(({ name }) => `${topicPrefix}${name}`) });
  await admin.disconnect();
});

const messageTo = (conversationId: string): MessageToAppend => ({
  record: {
    type: 'message.posted',
    version: 1,
    conversationId,
    sender: 'ada',
    nonce: randomUUID(),
    content: 'hello',
  },
  attempt: 0,
  requestId: 'r1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
});

describe('the topics', () => {
  it('are made as declared, once', async () => {
    await setUpTopics(client, setUp);
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: `${topicPrefix}messages` }],
    });
    const configs = Object.fromEntries(
      resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]) ?? [],
    );
    expect(configs).toMatchObject(TOPICS.messages.configs);
    const { topics } = await admin.fetchTopicMetadata({ topics: [`${topicPrefix}messages`] });
    expect(topics[0]?.partitions).toHaveLength(TOPICS.messages.partitions.local);
    expect(topics[0]?.partitions.every(({ replicas }) => replicas.length === stores.replicationFactor)).toBe(
      true,
    );
  });

  it('with another partition count are refused in one sentence', async () => {
    await expect(setUpTopics(client, { ...setUp, partitions: 'cloud' })).rejects.toThrow(TopicMismatchError);
  });

  it.each([
    ['retention.ms', '1000', '604800000'],
    ['message.timestamp.type', 'CreateTime', 'LogAppendTime'],
    ['min.insync.replicas', '1', '2'],
    ['cleanup.policy', 'compact', 'delete'],
  ])('with another %s are refused in one sentence', async (setting, value, declared) => {
    await alterMessages({ [setting]: value });
    try {
      const sentence = `The topic ${topicPrefix}messages has ${setting}=${value}, but ${declared} is declared: set it`;
      await waitFor(sentence, async () => (await refusal()).includes(sentence));
    } finally {
      await alterMessages({});
    }
  });

  it('may keep their records longer than declared', async () => {
    for (const retention of ['604800001', '-1']) {
      await alterMessages({ 'retention.ms': retention });
      try {
        await waitFor(`${retention} ms to be taken`, async () => (await refusal()) === '');
      } finally {
        await alterMessages({});
      }
    }
  });
});

/** What the set-up refuses the topics for; empty if nothing. A broker learns of a change by and by. */
function refusal(): Promise<string> {
  return setUpTopics(client, setUp).then(
    () => '',
    (error: unknown) => String(error),
  );
}

/** Gives the topic `messages` its declared settings, but these. */
async function alterMessages(changes: Readonly<Record<string, string>>): Promise<void> {
  const settings = Object.entries({ ...TOPICS.messages.configs, ...changes });
  await admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: ConfigResourceTypes.TOPIC,
        name: `${topicPrefix}messages`,
        configEntries: settings.map(([name, value]) => ({ name, value })),
      },
    ],
  });
}

describe('appending messages', () => {
  it('answers with the place and the time that every reader of the log sees', async () => {
    const producer = new LogProducer(client);
    const log = new KafkaMessageLog({ producer, topicPrefix, generation: 3, onRetry: () => undefined });
    const consumer = new Kafka({ brokers: stores.kafka.brokers, logLevel: logLevel.NOTHING }).consumer({
      groupId: `${topicPrefix}reader`,
      maxWaitTimeInMs: 200,
    });
    try {
      const conversations = Array.from({ length: 8 }, () => `channel:${randomUUID()}`);
      const appended = await Promise.all(
        Array.from({ length: 64 }, async (_, index) => {
          const message = messageTo(conversations[index % 8] ?? '');
          const position = await log.append(message, 30_000);
          return { nonce: message.record.nonce, id: messageIdOf(position) };
        }),
      );
      const read = new Map<string, { id: string; payload: EachMessagePayload }>();
      await consumer.connect();
      await consumer.subscribe({ topic: `${topicPrefix}messages`, fromBeginning: true });
      await consumer.run({
        eachMessage: async (payload) => {
          const { partition, message } = payload;
          const id = messageIdOf({
            generation: 3,
            partition,
            offset: BigInt(message.offset),
            appendedAt: Number(message.timestamp),
          });
          read.set(JSON.parse(String(message.value)).nonce, { id, payload });
        },
      });
      await waitFor('all records to be read', () => read.size === 64);
      for (const { nonce, id } of appended) expect(read.get(nonce)?.id).toBe(id);
      const [sample] = read.values();
      const headers = Object.entries(sample?.payload.message.headers ?? {}).map(([name, value]) => [
        name,
        String(value),
      ]);
      expect(Object.fromEntries(headers)).toEqual({
        attempt: '0',
        try: '0',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        'request-id': 'r1',
      });
      expect(String(sample?.payload.message.key)).toBe(
        JSON.parse(String(sample?.payload.message.value)).conversationId,
      );
    } finally {
      await consumer.disconnect();
      await producer.close();
    }
  });

  it('gives up at its deadline when no broker answers, whatever the brokers do', async () => {
    const producer = new LogProducer({ brokers: () => ['127.0.0.1:9'], tls: false });
    const log = new KafkaMessageLog({ producer, topicPrefix, generation: 0, onRetry: () => undefined });
    const startedAt = performance.now();
    await expect(log.append(messageTo('dm:a1:b1'), 1_000)).rejects.toThrow(StoreUnavailableError);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    await producer.close();
  });
});
