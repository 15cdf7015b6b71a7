import type { Entry } from './entry.ts';
import { keyOf, type SeenMessage } from './observation.ts';

/**
 * How many messages of a history stand behind one that was sent only after they had been acknowledged: whoever saw the
 * acknowledgement and wrote next must come next.
 */
export function violationsAgainstTime(
  history: readonly SeenMessage[],
  entries: ReadonlyMap<string, Pick<Entry, 'sentAt' | 'acknowledgedAt'>>,
): number {
  let latestSentAt = Number.NEGATIVE_INFINITY;
  let violations = 0;
  for (const message of history) {
    const entry = entries.get(keyOf(message));
    if (entry === undefined) continue;
    if (latestSentAt > (entry.acknowledgedAt ?? Number.POSITIVE_INFINITY)) violations += 1;
    latestSentAt = Math.max(latestSentAt, entry.sentAt);
  }
  return violations;
}
