import type { Message } from '../../../../core/contract/messages.ts';
import type { ProblemCode } from '../../../../core/contract/problems.ts';
import { type Gap, gapsBelow } from './known-ranges.ts';
import { messageKey, type Position } from './message-id.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { EMPTY_TIMELINE, stored, type Timeline } from './timeline.ts';

export type MessageState = 'sending' | 'sent' | 'stored' | 'waiting' | 'failed';

export interface MessageEntry {
  readonly kind: 'message';
  /** Stays the same from the moment of sending on. */
  readonly key: string;
  /** Absent until the log has it. */
  readonly messageId?: string | undefined;
  readonly conversationId: string;
  readonly sender: string;
  readonly nonce: string;
  readonly content: string;
  /** ISO 8601. */
  readonly postedAt: string;
  /** There once it was edited; ISO 8601. */
  readonly editedAt?: string | undefined;
  readonly own: boolean;
  readonly state: MessageState;
  /** One sentence, for a failed one. */
  readonly failure?: string | undefined;
  readonly failureCode?: ProblemCode | undefined;
}

/** A part of the history that was not read yet, between two that were. */
export interface GapEntry extends Gap {
  readonly kind: 'gap';
  readonly key: string;
  readonly loading: boolean;
}

export type TimelineEntry = MessageEntry | GapEntry;

/** Rows keep their identity while nothing about them changes, so that only changed ones are drawn again. */
const entriesOfMessages = new WeakMap<Message, MessageEntry>();
const entriesOfOutbox = new WeakMap<OutboxEntry, MessageEntry>();

/**
 * The rows of a timeline, ascending. An own message on its way stands where its id puts it once the log has it, and at
 * the end, in the order of sending, before; as soon as it is seen in the conversation that one stands for it.
 */
export function timelineEntries(
  timeline: Timeline = EMPTY_TIMELINE,
  outbox: readonly OutboxEntry[],
  ownId: string | null,
  loading: readonly string[],
): readonly TimelineEntry[] {
  const seen = new Set(outbox.length === 0 ? [] : timeline.messages.map(messageKey));
  const onTheirWay = outbox.filter((entry) => !seen.has(messageKey(entry)));
  const through = stored(timeline);
  const placed = onTheirWay
    .filter((entry) => entry.messageId !== undefined)
    .map((entry) => outboxEntry(entry, (entry.messageId ?? '') <= through ? 'stored' : 'sent'));
  const rows = [...timeline.messages.map((message) => messageEntry(message, ownId, through)), ...placed];
  if (placed.length > 0) rows.sort((a, b) => ((a.messageId ?? '') < (b.messageId ?? '') ? -1 : 1));

  let behindWaiting = false;
  for (const entry of onTheirWay) {
    if (entry.messageId !== undefined) continue;
    behindWaiting ||= entry.state === 'waiting';
    rows.push(outboxEntry(entry, unsentState(entry, behindWaiting)));
  }
  return withGaps(rows, gapsBelow(timeline.ranges), loading);
}

function messageEntry(message: Message, ownId: string | null, through: Position): MessageEntry {
  const state = message.messageId <= through ? 'stored' : 'sent';
  const own = message.sender === ownId;
  const known = entriesOfMessages.get(message);
  if (known && known.state === state && known.own === own) return known;
  const { messageId, conversationId, sender, nonce, content, postedAt, edit } = message;
  const key = messageKey(message);
  const entry: MessageEntry = {
    kind: 'message',
    key,
    messageId,
    conversationId,
    sender,
    nonce,
    content,
    postedAt,
    editedAt: edit?.editedAt,
    own,
    state,
  };
  entriesOfMessages.set(message, entry);
  return entry;
}

/** What stands behind a waiting one waits as well: a conversation's messages go out in order. */
function unsentState(entry: OutboxEntry, behindWaiting: boolean): MessageState {
  if (entry.state === 'failed') return 'failed';
  return behindWaiting ? 'waiting' : 'sending';
}

function outboxEntry(entry: OutboxEntry, state: MessageState): MessageEntry {
  const known = entriesOfOutbox.get(entry);
  if (known?.state === state) return known;
  const row: MessageEntry = {
    kind: 'message',
    key: messageKey(entry),
    messageId: entry.messageId,
    conversationId: entry.conversationId,
    sender: entry.sender,
    nonce: entry.nonce,
    content: entry.content,
    postedAt: entry.postedAt ?? new Date(entry.createdAt).toISOString(),
    own: true,
    state,
    failure: entry.failure?.reason,
    failureCode: entry.failure?.code,
  };
  entriesOfOutbox.set(entry, row);
  return row;
}

/** Puts a gap above the first row of the range that it lies below, if there are rows above it. */
function withGaps(
  rows: readonly MessageEntry[],
  gaps: readonly Gap[],
  loading: readonly string[],
): readonly TimelineEntry[] {
  if (gaps.length === 0) return rows;
  const entries: TimelineEntry[] = [];
  let next = 0;
  for (const row of rows) {
    for (
      let gap = gaps[next];
      gap && (row.messageId === undefined || row.messageId >= gap.before);
      gap = gaps[next]
    ) {
      if (entries.length > 0) {
        entries.push({
          kind: 'gap',
          key: `gap ${gap.before}`,
          ...gap,
          loading: loading.includes(`gap ${gap.before}`),
        });
      }
      next += 1;
    }
    entries.push(row);
  }
  return entries;
}
