import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, ITopicMetadata } from 'kafkajs';
import { checkTopicSettings } from './check-topic-settings.ts';
import { TopicMismatchError } from './topic-mismatch-error.ts';
import type { WantedTopic } from './wanted-topic.ts';

/** The topics could not be made, or do not take records yet. */
export class TopicsNotReadyError extends Error {
  constructor(withinMs: number, lacking: string, cause: unknown) {
    super(
      `The topics are not ready after ${withinMs / 1_000} s: ${lacking}; see that all brokers run, and run the set-up again.`,
      { cause },
    );
    this.name = 'TopicsNotReadyError';
  }
}

/** Brokers that were killed a moment ago are fenced after seconds, here and on MSK; elections and copies follow. */
const READY_WITHIN_MS = 30_000;
const POLL_PAUSE_MS = 200;

/**
 * Makes the topics that are missing (or, where `creates` is false, waits for them) and resolves when every partition of all
 * of them has a leader and enough copies in sync, and their settings are the declared ones. kafkajs's own wait for leaders fails where a broker has not heard of a
 * new topic yet, so that the state is asked for here until it is right.
 *
 * @throws {TopicMismatchError} at once
 * @throws {TopicsNotReadyError} after the deadline
 */
export async function makeTopics(
  admin: Pick<Admin, 'listTopics' | 'createTopics' | 'fetchTopicMetadata' | 'describeConfigs'>,
  wanted: readonly WantedTopic[],
  { creates, withinMs = READY_WITHIN_MS }: { creates: boolean; withinMs?: number },
): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    let lacking: string | undefined;
    let cause: unknown;
    try {
      if (creates) await createMissing(admin, wanted);
      const { topics } = await admin.fetchTopicMetadata({ topics: wanted.map(({ topic }) => topic) });
      lacking = wanted.map((topic) => lackOf(topic, topics)).find((lack) => lack !== undefined);
      if (lacking === undefined) {
        await checkTopicSettings(admin, wanted);
        return;
      }
    } catch (error) {
      if (error instanceof TopicMismatchError) throw error;
      cause = error;
      lacking = `the brokers say "${error instanceof Error ? error.message : String(error)}"`;
    }
    if (performance.now() + POLL_PAUSE_MS >= deadline) {
      throw new TopicsNotReadyError(withinMs, lacking, cause);
    }
    await pause(POLL_PAUSE_MS);
  }
}

async function createMissing(
  admin: Pick<Admin, 'listTopics' | 'createTopics'>,
  wanted: readonly WantedTopic[],
): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = wanted.filter(({ topic }) => !existing.has(topic));
  if (missing.length === 0) return;
  await admin.createTopics({
    timeout: 15_000,
    waitForLeaders: false,
    topics: missing.map(({ topic, numPartitions, replicationFactor, configs }) => ({
      topic,
      numPartitions,
      replicationFactor,
      configEntries: Object.entries(configs).map(([name, value]) => ({ name, value })),
    })),
  });
}

/** What the topic lacks before it takes records; undefined: nothing. */
function lackOf(
  { topic, numPartitions, inSyncReplicas }: WantedTopic,
  found: readonly ITopicMetadata[],
): string | undefined {
  const partitions = found.find(({ name }) => name === topic)?.partitions ?? [];
  if (partitions.length === 0) return `${topic} is not there`;
  if (partitions.length !== numPartitions) {
    throw new TopicMismatchError(
      `The topic ${topic} has ${partitions.length} partitions, but ${numPartitions} are declared. Its count never changes: ` +
        'set TOPIC_PARTITIONS to what it was made with, or begin a new generation of the topic.',
    );
  }
  const leaderless = partitions.find(({ leader }) => leader < 0);
  if (leaderless !== undefined) return `partition ${leaderless.partitionId} of ${topic} has no leader`;
  const thin = partitions.find(({ isr }) => isr.length < inSyncReplicas);
  if (thin === undefined) return undefined;
  return `partition ${thin.partitionId} of ${topic} has ${thin.isr.length} of ${inSyncReplicas} copies in sync`;
}
