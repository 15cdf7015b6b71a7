import { dayNumber } from '../../components/time-format.ts';
import type { MessageEntry, TimelineEntry } from '../../lib/timeline/timeline-entries.ts';

/** One entry and what is drawn above it. Rows and entries go one to one, so a list can count either. */
export interface Row {
  readonly entry: TimelineEntry;
  /** Nothing is older. */
  readonly first: boolean;
  /** The first of its author's run: it carries picture, name and time. */
  readonly head: boolean;
  /** The first message of a day: the day is written above it. */
  readonly startsDay: boolean;
  /** The "New" line stands above it. */
  readonly startsNew: boolean;
}

/** Messages of one author within this time share a head. */
const RUN_MS = 5 * 60_000;

interface Moment {
  /** ms since the epoch. */
  readonly at: number;
  readonly day: number;
}

/** To read a date costs more than all else here, and a long timeline is laid out again with every page. */
const moments = new WeakMap<MessageEntry, Moment>();

function momentOf(message: MessageEntry): Moment {
  const known = moments.get(message);
  if (known) return known;
  const moment = { at: Date.parse(message.postedAt), day: dayNumber(message.postedAt) };
  moments.set(message, moment);
  return moment;
}

function continues(previous: MessageEntry, message: MessageEntry): boolean {
  if (previous.sender !== message.sender) return false;
  // Append times can step back when a leader changes, so the distance counts, not the direction.
  return Math.abs(momentOf(message).at - momentOf(previous).at) < RUN_MS;
}

/**
 * The key of the entry that the "New" line stands above: the first of others' messages after `line`. None while it can't
 * be told, because what is older than the first entry was not read yet.
 */
function firstNew(
  entries: readonly TimelineEntry[],
  line: string | 'start' | null,
  hasOlder: boolean,
): string | undefined {
  if (line === null) return undefined;
  const at = entries.findIndex(
    (entry) =>
      entry.kind === 'message' &&
      !entry.own &&
      entry.messageId !== undefined &&
      (line === 'start' || entry.messageId > line),
  );
  return at === 0 && hasOlder ? undefined : entries[at]?.key;
}

/**
 * Lays a timeline, oldest first, out as rows. `newLine`: the position that the "New" line stands after.
 *
 * While there are older ones the oldest entry is held back: what is drawn above it depends on the one before, and a row
 * that changed its height when an older page comes would push what one reads.
 */
export function buildRows(
  entries: readonly TimelineEntry[],
  newLine: string | 'start' | null,
  hasOlder: boolean,
): readonly Row[] {
  const newKey = firstNew(entries, newLine, hasOlder);
  let previous: MessageEntry | undefined;
  const rows = entries.map((entry, index) => {
    const first = index === 0 && !hasOlder;
    if (entry.kind === 'gap') {
      previous = undefined;
      return { entry, first, head: false, startsDay: false, startsNew: false };
    }
    const startsDay = previous === undefined || momentOf(previous).day !== momentOf(entry).day;
    const startsNew = entry.key === newKey;
    const head = startsDay || startsNew || previous === undefined || !continues(previous, entry);
    previous = entry;
    return { entry, first, head, startsDay, startsNew };
  });
  return hasOlder && rows.length > 1 ? rows.slice(1) : rows;
}
