import { describe, expect, it } from 'vitest';
import { once } from '../../../lambdas/runtime/once.ts';

/** Gives the outcomes one after the other, and counts. */
function maker<T>(...outcomes: (() => T)[]) {
  const made = { calls: 0 };
  return {
    made,
    make: () => {
      const outcome = outcomes[made.calls];
      made.calls += 1;
      if (!outcome) throw new Error('Made once too often.');
      return outcome();
    },
  };
}

const fail = () => {
  throw new Error('away');
};

describe('once', () => {
  it('makes a value once, also undefined', () => {
    const { make, made } = maker(() => undefined);
    const get = once(make);
    expect([get(), get(), made.calls]).toEqual([undefined, undefined, 1]);
  });

  it('keeps nothing of what throws', () => {
    const { make } = maker<string>(fail, () => 'there');
    const get = once(make);
    expect(get).toThrow('away');
    expect([get(), get()]).toEqual(['there', 'there']);
  });

  it('shares a promise, and keeps one that is fulfilled', async () => {
    const { make, made } = maker(async () => 'there');
    const get = once(make);
    expect(await Promise.all([get(), get()])).toEqual(['there', 'there']);
    expect(await get()).toBe('there');
    expect(made.calls).toBe(1);
  });

  it('keeps no promise that rejects: whoever comes later has it made anew', async () => {
    const { make, made } = maker<Promise<string>>(
      async () => fail(),
      async () => fail(),
      async () => 'there',
    );
    const get = once(make);
    const both = await Promise.allSettled([get(), get()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(made.calls).toBe(1);
    await expect(get()).rejects.toThrow('away');
    expect([await get(), await get()]).toEqual(['there', 'there']);
  });
});
