import { describe, expect, it } from 'vitest';
import { buildRows } from '../../../../web/src/features/timeline/build-rows.ts';
import type { MessageEntry } from '../../../../web/src/lib/timeline/timeline-entries.ts';

const NOON = new Date(2026, 2, 3, 12).getTime();

/** A message so many minutes after noon; the n-th has the n-th id. */
function message(n: number, sender: string, minutes: number, own = false): MessageEntry {
  return {
    kind: 'message',
    key: `${sender} ${n}`,
    messageId: `0${String(n).padStart(25, '0')}`,
    conversationId: 'dm:a:b',
    sender,
    nonce: String(n),
    content: String(n),
    postedAt: new Date(NOON + minutes * 60_000).toISOString(),
    own,
    state: 'stored',
  };
}

const idOf = (n: number) => `0${String(n).padStart(25, '0')}`;

describe('the rows of a timeline', () => {
  it('gives messages of one author within five minutes one head', () => {
    const rows = buildRows(
      [message(1, 'a', 0), message(2, 'a', 4), message(3, 'a', 9), message(4, 'b', 9), message(5, 'a', 9)],
      null,
      false,
    );
    expect(rows.map(({ head }) => head)).toEqual([true, false, true, true, true]);
  });

  it('lets a step back of the clock not break a run', () => {
    const rows = buildRows([message(1, 'a', 3), message(2, 'a', 1)], null, false);
    expect(rows[1]?.head).toBe(false);
  });

  it('starts a day, with a head, where the reader’s day changes', () => {
    const midnight = 12 * 60;
    const rows = buildRows([message(1, 'a', midnight - 1), message(2, 'a', midnight + 1)], null, false);
    expect(rows.map(({ startsDay, head }) => [startsDay, head])).toEqual([
      [true, true],
      [true, true],
    ]);
  });

  it('draws the new line above the first of others’ messages after the marker', () => {
    const entries = [message(1, 'b', 0), message(2, 'me', 1, true), message(3, 'b', 2), message(4, 'b', 3)];
    const rows = buildRows(entries, idOf(1), false);
    expect(rows.map(({ startsNew }) => startsNew)).toEqual([false, false, true, false]);
    expect(rows[2]?.head).toBe(true);
  });

  it('draws no new line where the place of it is not known yet', () => {
    const rows = buildRows([message(5, 'b', 0), message(6, 'b', 1)], idOf(2), true);
    expect(rows.some(({ startsNew }) => startsNew)).toBe(false);
  });

  it('draws it at the very start', () => {
    expect(buildRows([message(1, 'b', 0)], 'start', false)[0]?.startsNew).toBe(true);
  });

  it('holds the oldest back while there are older ones, so that no row changes when they come', () => {
    const newer = [message(3, 'a', 3), message(4, 'a', 4), message(5, 'b', 5)];
    const before = buildRows(newer, null, true);
    const after = buildRows([message(1, 'a', 1), message(2, 'a', 2), ...newer], null, false);
    expect(before.map(({ entry }) => entry.key)).toEqual(['a 4', 'b 5']);
    expect(after.slice(-2)).toEqual(before);
  });

  it('marks the first row of all', () => {
    expect(
      buildRows([message(1, 'a', 0), message(2, 'a', 1)], null, false).map(({ first }) => first),
    ).toEqual([true, false]);
  });

  it('begins a new run after a gap', () => {
    const gap = { kind: 'gap', key: 'gap', after: idOf(1), before: idOf(9), loading: false } as const;
    const rows = buildRows([message(1, 'a', 0), gap, message(9, 'a', 1)], null, false);
    expect(rows[2]).toMatchObject({ head: true, startsDay: true });
  });
});
