import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../core/contract/messages.ts';
import { mergeMessages } from '../../../../web/src/lib/timeline/merge-messages.ts';
import { messageAt } from '../support/messages.ts';

/** Messages of one log, in which every nonce comes again 20 places later. */
const page = fc.array(
  fc.integer({ min: 1, max: 60 }).map((offset) => messageAt(offset, 'deanne', `nonce-${offset % 20}`)),
  { maxLength: 8 },
);

describe('merging', () => {
  it('again and again gives what merging everything at once gives', () => {
    fc.assert(
      fc.property(fc.array(page), (pages) => {
        const stepwise = pages.reduce<readonly Message[]>(
          (held, incoming) => mergeMessages(held, incoming),
          [],
        );
        expect(stepwise).toEqual(mergeMessages([], pages.flat()));
        expect(stepwise.map(({ nonce }) => nonce)).toEqual([...new Set(stepwise.map(({ nonce }) => nonce))]);
      }),
    );
  });

  it('leaves what was merged before as it was, also for another merge', () => {
    fc.assert(
      fc.property(page, page, page, (first, second, third) => {
        const held = mergeMessages([], first);
        const before = [...held];
        mergeMessages(held, second);
        expect(held).toEqual(before);
        expect(mergeMessages(held, third)).toEqual(mergeMessages([], [...first, ...third]));
      }),
    );
  });
});
