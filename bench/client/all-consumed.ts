import { EVENT_SOURCES } from '../../core/contract/event-sources.ts';
import { TOPICS } from '../../core/contract/topics.ts';
import { endsOf } from '../../drills/kafka/read-topic.ts';
import { waitFor } from '../../drills/run/wait-for.ts';
import type { BenchmarkContext } from '../benchmark.ts';
import { committedOffsets } from './committed-offsets.ts';

const WITHIN_MS = 300_000;

/** Resolves once every consumer has behind it what the log has now: nothing of it is then done beside what is measured next. */
export async function allConsumed({ stores, pingMe }: BenchmarkContext): Promise<void> {
  const prefix = pingMe.functionSettings.TOPIC_PREFIX ?? '';
  for (const { name, topic: declared } of EVENT_SOURCES) {
    const topic = `${prefix}${TOPICS[declared].name}`;
    const ends = await endsOf(stores.kafka.brokers, topic);
    const all = [...ends.values()].reduce((sum, end) => sum + Number(end), 0);
    const consumed = () => committedOffsets(stores, `${prefix}${name}`, topic);
    await waitFor(`${name} to have consumed ${topic}`, async () => (await consumed()) >= all, WITHIN_MS, 250);
  }
}
