import { randomUUID } from 'node:crypto';
import { SCHEDULES } from '../../core/contract/functions.ts';
import type { Invoke } from '../functions/invocation.ts';
import { LOCAL_ACCOUNT_ID, LOCAL_REGION } from '../functions/lambda-context.ts';

/**
 * Invokes the functions that run by the clock, each with the event of an EventBridge rule.
 *
 * @returns a function that ends it
 */
export function startSchedules(invoke: Invoke): () => void {
  const timers = SCHEDULES.map(({ function: name, everyMinutes }) =>
    setInterval(() => void invoke(name, scheduledEvent(name)), everyMinutes * 60_000),
  );
  return () => timers.forEach(clearInterval);
}

function scheduledEvent(name: string): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: LOCAL_ACCOUNT_ID,
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    region: LOCAL_REGION,
    resources: [`arn:aws:events:${LOCAL_REGION}:${LOCAL_ACCOUNT_ID}:rule/${name}`],
    detail: {},
  };
}
