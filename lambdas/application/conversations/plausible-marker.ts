import type { MessageId } from '../../../core/contract/ids.ts';
import { logPositionOf } from '../../../core/domain/message-id.ts';

/** More than one partition of the log ever took in a second: a cluster of three took 24,000 over six (docs/benchmarks). */
const MAX_APPENDS_PER_SECOND = 10_000;
/** For clocks that differ and for what was appended this very moment. */
const SLACK_SECONDS = 60;

/**
 * Whether `messageId` can be a message of the conversation whose last stored one is `head`. A message that was just heard
 * live may not be stored yet, so it may stand after the head; but only as far as the log can have come since, or
 * everything that comes would count as read for ever.
 *
 * @param now milliseconds since 1970
 */
export function isPlausibleMarker(messageId: MessageId, head: MessageId, now: number): boolean {
  const marked = logPositionOf(messageId);
  const last = logPositionOf(head);
  if (marked.generation !== last.generation) return marked.generation < last.generation;
  if (marked.partition !== last.partition) return false;
  const seconds = Math.max(0, Math.ceil((now - last.appendedAt) / 1_000)) + SLACK_SECONDS;
  return marked.offset <= last.offset + BigInt(seconds * MAX_APPENDS_PER_SECOND);
}
