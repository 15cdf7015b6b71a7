import { EVENT_SOURCES } from '../../../core/contract/event-sources.ts';
import { FUNCTION_NAMES, SCHEDULES } from '../../../core/contract/functions.ts';
import { acknowledge } from '../acknowledge.ts';
import type { PingMeFunctions } from './ping-me-functions.ts';

const CONSUMERS: ReadonlySet<string> = new Set(EVENT_SOURCES.map((source) => source.function));
const SCHEDULED: ReadonlySet<string> = new Set(SCHEDULES.map((schedule) => schedule.function));

/** Why a function has no dead letter queue; each kind has a reason of its own. */
export function acknowledgeFunctions({ byName }: PingMeFunctions): void {
  for (const name of FUNCTION_NAMES) {
    acknowledge(byName[name], {
      'Serverless-LambdaDLQ': CONSUMERS.has(name)
        ? 'Its event source tries again without limit, and what can never be stored goes to the topic messages-dead.'
        : SCHEDULED.has(name)
          ? 'The next run by the clock does what this one could not.'
          : 'It is only invoked by a caller that waits for its answer and hears of its failure.',
    });
  }
}
