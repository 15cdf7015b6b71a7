import { EVENT_SOURCES } from '../../core/contract/event-sources.ts';
import { EventSource } from '../../local/event-source/event-source.ts';
import type { Invoke } from '../../local/functions/invocation.ts';
import type { DrillContext } from '../drill.ts';

export interface OwnEventSourceOptions {
  /** Which of the declared ones: "store-messages". */
  readonly source: (typeof EVENT_SOURCES)[number]['name'];
  /** Another group than the declared one, so that it gets every record a second time. */
  readonly group?: string;
  /** Comes between the source and the function. */
  readonly around?: (invoke: Invoke) => Invoke;
}

/** One more poller of a declared event source, which runs here and invokes the function of the system. */
export function startEventSource(
  { pingMe, stores, recorder }: DrillContext,
  { source, group, around = (invoke) => invoke }: OwnEventSourceOptions,
): EventSource {
  const declaration = EVENT_SOURCES.find(({ name }) => name === source);
  if (declaration === undefined) throw new RangeError(`There is no event source ${source}.`);
  const eventSource = new EventSource({
    declaration: { ...declaration, name: group ?? declaration.name },
    brokers: stores.kafka.brokers,
    topicPrefix: pingMe.functionSettings.TOPIC_PREFIX ?? '',
    identity: {
      kind: 'msk',
      clusterArn: 'arn:aws:kafka:us-east-1:000000000000:cluster/drill/00000000-0000-0000-0000-000000000000-1',
      bootstrapServers: stores.kafka.brokers,
    },
    invoke: around(pingMe.invoke),
    log: (message, details) =>
      recorder.record({ kind: 'note', text: `${message} ${JSON.stringify(details)}` }),
  });
  eventSource.start();
  return eventSource;
}
