import type { MSKEvent, SelfManagedKafkaEvent } from 'aws-lambda';
import { deliverEvents } from '../application/deliver/deliver-events.ts';
import { eventsOf } from '../application/deliver/events-of.ts';
import { failuresOf, type KafkaBatchResponse, partitionsOf } from '../middleware/kafka-event.ts';
import { connectionPusher } from '../runtime/connection-pusher.ts';
import { logSettings } from '../runtime/environment.ts';
import { liveConnections } from '../runtime/live-connections.ts';
import { logProgress } from '../runtime/log-progress.ts';
import { count, publishMetrics } from '../runtime/metrics.ts';
import { messagesTopic } from '../runtime/topics.ts';

/** Pushes what the log says to the live connections, at once; it fails only as a whole, while nobody can say who listens. */
export async function handler(event: MSKEvent | SelfManagedKafkaEvent): Promise<KafkaBatchResponse> {
  const { messagesGeneration: generation } = logSettings();
  const partitions = partitionsOf(event);
  const records = partitions.flatMap((partition) => partition.records);
  const { events, undecodable, skipped } = eventsOf(records, {
    messagesTopic: messagesTopic(),
    generation,
    now: Date.now(),
  });
  const outcome = await deliverEvents({ connections: liveConnections(), pusher: connectionPusher() }, events);
  await Promise.all(
    partitions
      .filter(({ topic }) => topic === messagesTopic())
      .map(({ partition, records: seen }) =>
        logProgress().note('appended', partition, seen.at(-1)?.offset ?? 0n),
      ),
  );
  count('MessagesDelivered', outcome.delivered);
  count('PushesFailed', outcome.failed);
  count('ConnectionsGone', outcome.gone);
  count('DeliveriesSkipped', undecodable + skipped);
  count('DeliveryTime', Math.max(0, Date.now() - Math.min(...records.map(({ timestamp }) => timestamp))));
  publishMetrics();
  return failuresOf([]);
}
