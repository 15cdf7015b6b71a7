import { ConfigResourceTypes, ConfigSource, type DescribeConfigResponse } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { makeTopics } from '../../../lambdas/adapters/kafka/make-topics.ts';
import { TopicMismatchError } from '../../../lambdas/adapters/kafka/topic-mismatch-error.ts';
import type { WantedTopic } from '../../../lambdas/adapters/kafka/wanted-topic.ts';

const MESSAGES: WantedTopic = {
  topic: 'messages',
  numPartitions: 2,
  replicationFactor: 3,
  inSyncReplicas: 2,
  configs: { 'min.insync.replicas': '2', 'retention.ms': '604800000' },
};

const partition = (partitionId: number, leader = 1, isr = [1, 2]) => ({
  partitionErrorCode: 0,
  partitionId,
  leader,
  replicas: [1, 2, 3],
  isr,
});
const READY = [partition(0), partition(1)];

/** Brokers that answer so, one after the other, the last one again and again; an error is thrown. */
function brokers(...answers: readonly (readonly ReturnType<typeof partition>[] | Error)[]) {
  const left = [...answers];
  const created: (boolean | undefined)[] = [];
  return {
    created,
    left,
    listTopics: async () => (created.length > 0 ? ['messages'] : []),
    createTopics: async ({ waitForLeaders }: { waitForLeaders?: boolean }) => {
      created.push(waitForLeaders);
      return true;
    },
    fetchTopicMetadata: async () => {
      const answer = left.length > 1 ? left.shift() : left[0];
      if (answer instanceof Error) throw answer;
      return { topics: [{ name: 'messages', partitions: [...(answer ?? [])] }] };
    },
    describeConfigs: async () => describing(MESSAGES.configs),
  };
}

/** What brokers say of the topic's settings. */
function describing(settings: Readonly<Record<string, string>>): DescribeConfigResponse {
  const entries = Object.entries(settings).map(([configName, configValue]) => ({
    configName,
    configValue,
    isDefault: false,
    configSource: ConfigSource.TOPIC_CONFIG,
    isSensitive: false,
    readOnly: false,
    configSynonyms: [],
  }));
  return {
    throttleTime: 0,
    resources: [
      {
        configEntries: entries,
        errorCode: 0,
        errorMessage: '',
        resourceName: 'messages',
        resourceType: ConfigResourceTypes.TOPIC,
      },
    ],
  };
}

const make = (admin: ReturnType<typeof brokers>, { creates = true, withinMs = 5_000 } = {}) =>
  makeTopics(admin, [MESSAGES], { creates, withinMs });

describe('making topics', () => {
  it('waits until every partition has a leader and enough copies in sync, and creates once', async () => {
    const admin = brokers(
      new Error('This server does not host this topic-partition'),
      [],
      [partition(0), partition(1, -1, [])],
      [partition(0), partition(1, 2, [2])],
      READY,
    );
    await make(admin);
    expect(admin.left).toEqual([READY]);
    expect(admin.created).toEqual([false]);
  });

  it.each([
    ['messages is not there', []],
    ['partition 1 of messages has no leader', [partition(0), partition(1, -1, [])]],
    ['partition 0 of messages has 1 of 2 copies in sync', [partition(0, 1, [1]), partition(1)]],
    ['the brokers say "not now"', new Error('not now')],
  ])('says after the deadline that %s', async (lack, answer) => {
    await expect(make(brokers(answer), { withinMs: 300 })).rejects.toThrow(
      `The topics are not ready after 0.3 s: ${lack}; see that all brokers run, and run the set-up again.`,
    );
  });

  it('refuses another count of partitions at once', async () => {
    await expect(make(brokers([...READY, partition(2)]))).rejects.toThrow(TopicMismatchError);
  });

  it.each([
    ['min.insync.replicas', '1', '2'],
    ['retention.ms', '604799999', '604800000'],
    ['retention.ms', undefined, '604800000'],
  ])('refuses %s=%s at once', async (setting, value, declared) => {
    const { [setting]: _, ...others } = MESSAGES.configs;
    const admin = brokers(READY);
    admin.describeConfigs = async () =>
      describing(value === undefined ? others : { ...others, [setting]: value });
    const refused = make(admin);
    await expect(refused).rejects.toThrow(TopicMismatchError);
    await expect(refused).rejects.toThrow(
      `The topic messages has ${setting}=${value ?? 'nothing'}, but ${declared} is declared: set it`,
    );
  });

  it('takes a topic that keeps its records longer, or for ever', async () => {
    for (const retention of ['604800001', '-1']) {
      const admin = brokers(READY);
      admin.describeConfigs = async () => describing({ ...MESSAGES.configs, 'retention.ms': retention });
      await make(admin);
    }
  });

  it('asks again for settings where a broker has not heard of the topic yet', async () => {
    const admin = brokers(READY);
    let asked = 0;
    admin.describeConfigs = async () => {
      asked += 1;
      if (asked === 1) throw new Error('This server does not host this topic-partition');
      return describing(MESSAGES.configs);
    };
    await make(admin);
    expect(asked).toBe(2);
  });

  it('only waits for topics that are resources of the stack', async () => {
    const admin = brokers([], READY);
    await make(admin, { creates: false });
    expect(admin.created).toEqual([]);
  });
});
