import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  positionAfter,
  positionAt,
  RowHeights,
  rangeAt,
} from '../../../../web/src/features/timeline/row-heights.ts';

const keys = Array.from({ length: 100 }, (_, n) => `row ${n}`);

function heightsOf(height: (n: number) => number): RowHeights {
  const heights = new RowHeights();
  for (const [n, key] of keys.entries()) heights.measured(key, height(n));
  return heights;
}

describe('the part of a list that is drawn', () => {
  it('covers the view and what is ahead of it, whatever the position and the heights', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 20, max: 400 }), { minLength: 100, maxLength: 100 }),
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: -19, max: 300 }),
        (sizes, at, offset) => {
          const heights = heightsOf((n) => sizes[n] ?? 0);
          const range = rangeAt(keys, heights, { kind: 'row', key: `row ${at}`, offset }, 600, 200);
          const above = heights.total(keys, range.first, at);
          const below = heights.total(keys, at, range.end);
          expect(range.first === 0 || above >= Math.max(0, offset) + 200).toBe(true);
          expect(range.end === 100 || below >= 600 + 200 - Math.min(0, offset)).toBe(true);
        },
      ),
    );
  });

  it('ends with the last row at the end, and is no longer than needed', () => {
    expect(
      rangeAt(
        keys,
        heightsOf(() => 50),
        { kind: 'end', gap: 0 },
        500,
        100,
      ),
    ).toEqual({ first: 88, end: 100 });
  });

  it('guesses unmeasured rows from the measured ones, and anew after a change of width', () => {
    const heights = new RowHeights();
    heights.measured('row 0', 30);
    heights.measured('row 1', 50);
    heights.measured('row 1', 70);
    expect(heights.of('row 2')).toBe(50);
    heights.forget();
    expect(heights.of('row 0')).toBe(new RowHeights().of('row 0'));
  });
});

describe('the position in a list', () => {
  it('is the row that lies so far from the top', () => {
    expect(
      positionAt(
        keys,
        heightsOf(() => 50),
        120,
      ),
    ).toEqual({ kind: 'row', key: 'row 2', offset: -20 });
    expect(
      positionAt(
        keys,
        heightsOf(() => 50),
        999_999,
      ),
    ).toEqual({ kind: 'end', gap: 0 });
  });

  it('goes on with the next row that is left when its own is gone', () => {
    const position = { kind: 'row', key: 'row 2', offset: -20 } as const;
    expect(positionAfter(position, keys, new Set(keys))).toBe(position);
    const without = new Set(keys.filter((key) => key !== 'row 2' && key !== 'row 3'));
    expect(positionAfter(position, keys, without)).toEqual({ kind: 'row', key: 'row 4', offset: -20 });
    expect(positionAfter(position, keys, new Set())).toEqual({ kind: 'end', gap: 0 });
  });
});
