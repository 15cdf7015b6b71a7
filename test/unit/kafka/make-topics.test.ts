import { describe, expect, it } from 'vitest';
import {
  makeTopics,
  TopicMismatchError,
  type WantedTopic,
} from '../../../lambdas/adapters/kafka/make-topics.ts';

const MESSAGES: WantedTopic = {
  topic: 'messages',
  numPartitions: 2,
  replicationFactor: 3,
  inSyncReplicas: 2,
  configs: { 'min.insync.replicas': '2' },
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

  it('only waits for topics that are resources of the stack', async () => {
    const admin = brokers([], READY);
    await make(admin, { creates: false });
    expect(admin.created).toEqual([]);
  });
});
