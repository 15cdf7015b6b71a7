import { describe, expect, it } from 'vitest';
import { ReconnectPace } from '../../../drills/client/reconnect-pace.ts';

describe('a client that comes back', () => {
  it('waits for any time within a window that doubles, half a minute at most', () => {
    const [longest, shortest] = [new ReconnectPace(() => 1), new ReconnectPace(() => 0)];
    const waits = Array.from({ length: 7 }, () => longest.failed());
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(Array.from({ length: 7 }, () => shortest.failed())).toEqual(Array(7).fill(0));
  });

  it('begins anew after a connection that lasted, and goes on after one that did not', () => {
    const pace = new ReconnectPace(() => 1);
    for (let tries = 0; tries < 3; tries += 1) pace.failed();
    expect(pace.failed(4_999)).toBe(8_000);
    expect(pace.failed(5_000)).toBe(1_000);
    expect(pace.failed()).toBe(2_000);
  });

  it('asks why at every fourth failure', () => {
    const pace = new ReconnectPace();
    const asked = Array.from({ length: 11 }, () => {
      pace.failed();
      return pace.asksWhy;
    });
    expect(asked.flatMap((asks, index) => (asks ? index + 1 : []))).toEqual([4, 8]);
  });
});
