import type { HistoryResponse, Message } from '../../../../core/contract/messages.ts';
import { editIdOf, type MessageEdit } from '../../../../core/domain/message-edit.ts';
import { applyEdits } from './apply-edits.ts';
import { addRange, cutRanges, type KnownRange, knowsBeginning, verifiedThrough } from './known-ranges.ts';
import { countWithin, indexFrom, mergeMessages } from './merge-messages.ts';
import { BEGINNING, earlier, later, type Position } from './message-id.ts';

/** What is held of one conversation. */
export interface Timeline {
  /** Ascending by id, each key once. */
  readonly messages: readonly Message[];
  /** Where history was read; outside of them live messages may be held, with others missing between. */
  readonly ranges: readonly KnownRange[];
  /** The newest stored id that a page named. The store keeps the log's order, so everything up to it is stored. */
  readonly storedThrough: Position;
  /** The same as live updates told it. */
  readonly announcedThrough: Position;
  /** Messages below it were let go to bound memory. */
  readonly floor: Position;
  /** Edits that were heard of messages that are not held: the page that brings one may have been read before its edit. */
  readonly edits: readonly MessageEdit[];
}

export const EMPTY_TIMELINE: Timeline = {
  messages: [],
  ranges: [],
  storedThrough: BEGINNING,
  announcedThrough: BEGINNING,
  floor: BEGINNING,
  edits: [],
};

/** So many edits wait for their messages; the newest are kept. */
const WAITING_EDITS_MAX = 200;

/** The cursors of a history request, and the timeline's `storedThrough` when it left. */
export interface PageRequest {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
  readonly storedThrough: Position;
}

/** A timeline with messages that were heard live. */
export function withLiveMessages(timeline: Timeline, messages: readonly Message[]): Timeline {
  return withMessages(timeline, mergeMessages(timeline.messages, messages));
}

/** A timeline with edits that were heard live, of messages that it holds or may come to hold. */
export function withEdits(timeline: Timeline, edits: readonly MessageEdit[]): Timeline {
  const known = new Set(timeline.edits.map(({ edit }) => edit.editId));
  const news = edits.filter(({ edit }) => !known.has(edit.editId));
  const { messages, waiting } = applyEdits(timeline.messages, [...timeline.edits, ...news]);
  if (messages === timeline.messages && waiting.length === 0 && timeline.edits.length === 0) return timeline;
  const newest = waiting.sort((a, b) => (a.edit.editId < b.edit.editId ? -1 : 1)).slice(-WAITING_EDITS_MAX);
  return { ...timeline, messages, edits: newest };
}

function withMessages(timeline: Timeline, messages: readonly Message[]): Timeline {
  if (messages === timeline.messages) return timeline;
  return timeline.edits.length === 0 ? { ...timeline, messages } : withEdits({ ...timeline, messages }, []);
}

/** A timeline that was told that history reaches through `through`. */
export function withAnnouncement(timeline: Timeline, through: Position): Timeline {
  return through > timeline.announcedThrough ? { ...timeline, announcedThrough: through } : timeline;
}

/** Through where everything is stored, as far as anything told. */
export function stored(timeline: Timeline): Position {
  return later(timeline.storedThrough, timeline.announcedThrough);
}

/** A timeline with a page of history, and the range that the page proves complete. */
export function withPage(timeline: Timeline, request: PageRequest, page: HistoryResponse): Timeline {
  const range = provenRange(request, page);
  const oldest = page.messages[0]?.messageId;
  return {
    ...withMessages(timeline, mergeMessages(timeline.messages, page.messages)),
    ranges: range ? addRange(timeline.ranges, range) : timeline.ranges,
    storedThrough: later(timeline.storedThrough, page.storedThrough ?? BEGINNING),
    floor: oldest === undefined ? timeline.floor : earlier(timeline.floor, oldest),
  };
}

/**
 * What a page proves: that nothing which was stored lies unread within. Its upper end never goes past what was stored
 * before the request left, or else a message stored between two reads of the answer could be missed for good.
 */
function provenRange(request: PageRequest, page: HistoryResponse): KnownRange | null {
  const first = page.messages[0]?.messageId;
  const last = page.messages.at(-1)?.messageId;
  const upTo = later(request.storedThrough, last ?? BEGINNING);
  if (request.after === undefined) {
    const from = page.before === undefined ? BEGINNING : (first ?? page.before);
    return { from, to: request.before === undefined ? (last ?? BEGINNING) : earlier(request.before, upTo) };
  }
  const reachedEnd = page.after === undefined || page.messages.length < request.limit;
  const to = reachedEnd && request.before !== undefined ? earlier(request.before, upTo) : last;
  return to === undefined || to < request.after ? null : { from: request.after, to };
}

/**
 * A timeline that is not known to hold anything completely any more: what it holds is shown, and read again from the newest
 * page on. Messages may have been edited while nobody heard of it.
 */
export function distrusted(timeline: Timeline): Timeline {
  return timeline.ranges.length === 0 ? timeline : { ...timeline, ranges: [] };
}

/** A timeline that holds at most the newest `keep` messages. */
export function trimmed(timeline: Timeline, keep: number): Timeline {
  if (timeline.messages.length <= keep) return timeline;
  const messages = timeline.messages.slice(-keep);
  const floor = messages[0]?.messageId ?? timeline.floor;
  return { ...timeline, messages, floor, ranges: cutRanges(timeline.ranges, floor) };
}

/** The newest message held, whichever way it came. */
export function newestId(timeline: Timeline): Position {
  return timeline.messages.at(-1)?.messageId ?? BEGINNING;
}

/** Whether history has messages older than those held (unknown counts as yes). */
export function hasOlder(timeline: Timeline): boolean {
  return !knowsBeginning(timeline.ranges);
}

/** The next older page's cursor: below the oldest range that hangs together with what is on the screen. */
export function olderCursor(timeline: Timeline): string | undefined {
  const from = timeline.ranges[0]?.from;
  return from === BEGINNING || from === undefined ? timeline.messages[0]?.messageId : from;
}

/**
 * How many of `count` stored messages from `first` through `through` are not held. 0 where it can't be told, because
 * that part was let go.
 */
export function missingWithin(timeline: Timeline, first: string, through: string, count: number): number {
  if (first < timeline.floor) return 0;
  return Math.max(0, count - countWithin(timeline.messages, first, through));
}

/** Whether a message is held in an older version than the edit made it. */
export function lacksEdit(timeline: Timeline, messageId: string, editId: string): boolean {
  const message = timeline.messages[indexFrom(timeline.messages, messageId)];
  return message?.messageId === messageId && editIdOf(message) < editId;
}

/** Stored messages held above what history was read through: nothing proves that none is missing between them. */
export function unverifiedCount(timeline: Timeline): number {
  const verified = verifiedThrough(timeline.ranges);
  return verified === BEGINNING ? 0 : countWithin(timeline.messages, verified, stored(timeline)) - 1;
}
