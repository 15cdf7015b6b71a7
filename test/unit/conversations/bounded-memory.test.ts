import { describe, expect, it } from 'vitest';
import { BoundedMemory } from '../../../lambdas/adapters/membership/bounded-memory.ts';

describe('a bounded memory', () => {
  it('forgets the oldest entry when there are too many', () => {
    const memory = new BoundedMemory<string, number>({ maxEntries: 2, lifetimeMs: 1_000 });
    memory.set('a', 1);
    memory.set('b', 2);
    memory.set('a', 3);
    memory.set('c', 4);
    expect(['a', 'b', 'c'].map((key) => memory.get(key))).toEqual([3, undefined, 4]);
  });

  it('forgets an entry when its time is over', () => {
    let now = 0;
    const memory = new BoundedMemory<string, number>({ maxEntries: 2, lifetimeMs: 10, now: () => now });
    memory.set('a', 1);
    memory.set('b', 2, -5);
    now = 5;
    expect([memory.get('a'), memory.get('b')]).toEqual([1, undefined]);
    now = 10;
    expect(memory.get('a')).toBeUndefined();
  });
});
