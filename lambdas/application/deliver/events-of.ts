import type { PingMeEvent } from '../../../core/contract/events.ts';
import { DELIVER_MAX_AGE_MS } from '../../../core/contract/limits.ts';
import { decodeMessage } from '../consumers/decode-message.ts';
import { decodeSignal } from '../consumers/decode-signal.ts';
import type { LogRecord } from '../ports/log-record.ts';
import { ConversationRanges } from './conversation-ranges.ts';
import { NamedEdits } from './named-edits.ts';

export interface DecodedEvents {
  readonly events: readonly PingMeEvent[];
  /** Records that can't be decoded: `store` sets those of `messages` aside, here they only count. */
  readonly undecodable: number;
  /** Messages and edits too old to be pushed one by one; a range, or a list of the messages edited, tells of them. */
  readonly skipped: number;
}

/**
 * What the records of a batch mean to live connections, in their order. Messages older than DELIVER_MAX_AGE_MS become
 * one skipped range per conversation, edits as old one list of what was edited, and stored ranges as old are joined into one:
 * after an outage clients read the gap from history instead of being flooded. Whether a skipped message is stored yet, or an
 * edit has a post, nobody knows here. Other signals are few and are delivered however old they are.
 */
export function eventsOf(
  records: readonly LogRecord[],
  { messagesTopic, generation, now }: { messagesTopic: string; generation: number; now: number },
): DecodedEvents {
  const skippedRanges = new ConversationRanges('conversation.skipped');
  const oldEdits = new NamedEdits();
  const storedRanges = new ConversationRanges('conversation.stored');
  const events: PingMeEvent[] = [];
  let undecodable = 0;
  let skipped = 0;
  for (const record of records) {
    const isOld = now - record.timestamp > DELIVER_MAX_AGE_MS;
    if (record.topic === messagesTopic) {
      const logged = decodeMessage(record, generation);
      if (logged === undefined) undecodable += 1;
      else if ('edit' in logged) {
        const { conversationId, edit } = logged;
        if (isOld) {
          skipped += 1;
          oldEdits.add(conversationId, edit.messageId, edit.edit.editId);
        } else events.push({ type: 'message.edited', conversationId, ...edit });
      } else if (isOld) {
        skipped += 1;
        const { conversationId, messageId } = logged.message;
        skippedRanges.add(conversationId, messageId, messageId, 1);
      } else events.push({ type: 'message.posted', ...logged.message });
    } else {
      const signal = decodeSignal(record);
      if (signal === undefined) undecodable += 1;
      else if (isOld && signal.type === 'conversation.stored') {
        storedRanges.add(signal.conversationId, signal.first, signal.through, signal.count);
      } else if (isOld && signal.type === 'conversation.edited') {
        for (const { messageId, editId } of signal.edits)
          oldEdits.add(signal.conversationId, messageId, editId);
      } else events.push(signal);
    }
  }
  return {
    events: [...events, ...skippedRanges.toEvents(), ...storedRanges.toEvents(), ...oldEdits.toEvents()],
    undecodable,
    skipped,
  };
}
