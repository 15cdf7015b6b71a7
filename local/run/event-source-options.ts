import type { EventSourceOptions } from '../event-source/event-source.ts';
import type { Invoke } from '../functions/invocation.ts';
import { LOCAL_ACCOUNT_ID, LOCAL_REGION } from '../functions/lambda-context.ts';
import { logLine } from './log-line.ts';
import type { SystemConfiguration } from './system-messages.ts';

/** What all event sources of a system have in common. */
export function eventSourceOptions(
  { brokers, topicPrefix }: Pick<SystemConfiguration, 'brokers' | 'topicPrefix'>,
  invoke: Invoke,
): Omit<EventSourceOptions, 'declaration'> {
  return {
    brokers,
    topicPrefix,
    identity: {
      kind: 'msk',
      clusterArn: `arn:aws:kafka:${LOCAL_REGION}:${LOCAL_ACCOUNT_ID}:cluster/ping-me/00000000-0000-0000-0000-000000000000-1`,
      bootstrapServers: brokers,
    },
    invoke,
    log: logLine,
  };
}
