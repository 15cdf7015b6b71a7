import { BEGINNING, later, type Position } from './message-id.ts';

/** Everything from `from` through `to` that was ever stored is held. `from` may be `BEGINNING`. */
export interface KnownRange {
  readonly from: Position;
  readonly to: Position;
}

/** The place between two known ranges: older than `before`, newer than `after`, and not read yet. */
export interface Gap {
  readonly after: Position;
  readonly before: Position;
}

/** The union of known ranges, ascending and apart from each other. Ranges that share an end are one. */
export function addRange(ranges: readonly KnownRange[], added: KnownRange): readonly KnownRange[] {
  if (added.from > added.to) return ranges;
  const sorted = [...ranges, added].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const union: KnownRange[] = [];
  for (const range of sorted) {
    const last = union.at(-1);
    if (last && range.from <= last.to)
      union[union.length - 1] = { from: last.from, to: later(last.to, range.to) };
    else union.push(range);
  }
  return union;
}

/** What is left of the ranges from `floor` on, after everything below it was let go. */
export function cutRanges(ranges: readonly KnownRange[], floor: Position): readonly KnownRange[] {
  return ranges
    .filter((range) => range.to >= floor)
    .map((range) => (range.from < floor ? { from: floor, to: range.to } : range));
}

/** The gap below each range, ascending; there is none below one that starts at the beginning. */
export function gapsBelow(ranges: readonly KnownRange[]): readonly Gap[] {
  return ranges
    .map((range, at) => ({ after: ranges[at - 1]?.to ?? BEGINNING, before: range.from }))
    .filter((gap) => gap.before !== BEGINNING);
}

/** Whether nothing older can exist than what is known. */
export function knowsBeginning(ranges: readonly KnownRange[]): boolean {
  return ranges[0]?.from === BEGINNING;
}

/** Through where history was read without a gap, counted from the newest end; nothing read yet: `BEGINNING`. */
export function verifiedThrough(ranges: readonly KnownRange[]): Position {
  return ranges.at(-1)?.to ?? BEGINNING;
}
