import { expect, it } from 'vitest';
import { zipf } from '../../../bench/store/zipf.ts';

it('draws each number in proportion to 1 / (k + 1), and the same ones for the same seed', () => {
  const draw = zipf(100, 7);
  const again = zipf(100, 7);
  const counts = new Array<number>(100).fill(0);
  for (let index = 0; index < 100_000; index += 1) {
    const drawn = draw();
    expect(drawn).toBe(again());
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  const harmonic = counts.reduce((sum, _, rank) => sum + 1 / (rank + 1), 0);
  for (const rank of [0, 1, 9]) {
    const expected = 100_000 / (rank + 1) / harmonic;
    expect(Math.abs((counts[rank] ?? 0) - expected) / expected).toBeLessThan(0.1);
  }
  const tenOf = (seed: number) => {
    const drawn = zipf(100, seed);
    return Array.from({ length: 10 }, () => drawn());
  };
  expect(tenOf(8)).not.toEqual(tenOf(7));
});
