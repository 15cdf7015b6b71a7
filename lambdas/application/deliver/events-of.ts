import type { PingMeEvent } from '../../../core/contract/events.ts';
import { DELIVER_MAX_AGE_MS } from '../../../core/contract/limits.ts';
import { decodeMessage } from '../consumers/decode-message.ts';
import { decodeSignal } from '../consumers/decode-signal.ts';
import type { LogRecord } from '../ports/log-record.ts';
import { StoredRanges } from './stored-ranges.ts';

export interface DecodedEvents {
  readonly events: readonly PingMeEvent[];
  /** Records that can't be decoded: `store` sets those of `messages` aside, here they only count. */
  readonly undecodable: number;
  /** Messages too old to be pushed one by one; a range tells of them. */
  readonly skipped: number;
}

/**
 * What the records of a batch mean to live connections, in their order. Messages and ranges older than DELIVER_MAX_AGE_MS
 * become one range per conversation: after an outage clients read the gap from history instead of being flooded. Other
 * signals are few and are delivered however old they are.
 */
export function eventsOf(
  records: readonly LogRecord[],
  { messagesTopic, generation, now }: { messagesTopic: string; generation: number; now: number },
): DecodedEvents {
  const ranges = new StoredRanges();
  const events: PingMeEvent[] = [];
  let undecodable = 0;
  let skipped = 0;
  for (const record of records) {
    const isOld = now - record.timestamp > DELIVER_MAX_AGE_MS;
    if (record.topic === messagesTopic) {
      const logged = decodeMessage(record, generation);
      if (logged === undefined) undecodable += 1;
      else if (isOld) {
        skipped += 1;
        ranges.add(logged.message.conversationId, logged.message.messageId, logged.message.messageId, 1);
      } else events.push({ type: 'message.posted', ...logged.message });
    } else {
      const signal = decodeSignal(record);
      if (signal === undefined) undecodable += 1;
      else if (isOld && signal.type === 'conversation.stored') {
        ranges.add(signal.conversationId, signal.first, signal.through, signal.count);
      } else events.push(signal);
    }
  }
  return { events: [...events, ...ranges.toEvents()], undecodable, skipped };
}
