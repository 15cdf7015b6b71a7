import { type Admin, ConfigResourceTypes } from 'kafkajs';
import { TopicMismatchError } from './topic-mismatch-error.ts';
import type { WantedTopic } from './wanted-topic.ts';

/**
 * Refuses topics with other settings than the declared ones: with the producers' clock for the time of a record, with one copy
 * that confirms, or with compaction, messages would be lost or out of order without anybody noticing. Settings that are not
 * declared are the cluster's business, and records may be kept longer than declared.
 *
 * @throws {TopicMismatchError} for the first setting that differs
 */
export async function checkTopicSettings(
  admin: Pick<Admin, 'describeConfigs'>,
  wanted: readonly WantedTopic[],
): Promise<void> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: wanted.map(({ topic, configs }) => ({
      type: ConfigResourceTypes.TOPIC,
      name: topic,
      configNames: Object.keys(configs),
    })),
  });
  for (const { topic, configs } of wanted) {
    const entries = resources.find(({ resourceName }) => resourceName === topic)?.configEntries ?? [];
    for (const [setting, declared] of Object.entries(configs)) {
      const found = entries.find(({ configName }) => configName === setting)?.configValue;
      if (isAsDeclared(setting, found, declared)) continue;
      throw new TopicMismatchError(
        `The topic ${topic} has ${setting}=${found ?? 'nothing'}, but ${declared} is declared: set it with kafka-configs, ` +
          'or choose another prefix for new topics.',
      );
    }
  }
}

function isAsDeclared(setting: string, found: string | undefined, declared: string): boolean {
  if (found === declared) return true;
  if (setting !== 'retention.ms' || found === undefined) return false;
  // -1: for ever.
  return Number(found) === -1 || Number(found) > Number(declared);
}
