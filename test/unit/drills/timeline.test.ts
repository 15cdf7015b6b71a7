import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Timeline } from '../../../drills/client/timeline.ts';

const conversationId = 'channel:00000000-0000-4000-8000-000000000001';
const id = (offset: number) => String(offset).padStart(26, '0');

it('holds each message under its smallest id, whatever the order in which copies come', () => {
  const copies = fc.array(
    fc.record({ nonce: fc.integer({ min: 0, max: 9 }), offset: fc.integer({ min: 0, max: 50 }) }),
  );
  fc.assert(
    fc.property(
      copies,
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 0, max: 50 }),
      (seen, from, to) => {
        const timeline = new Timeline();
        const smallest = new Map<number, number>();
        for (const { nonce, offset } of seen) {
          // No two messages stand at one place.
          const place = offset * 10 + nonce;
          timeline.hold({ conversationId, sender: 'ada', nonce: String(nonce), messageId: id(place) });
          smallest.set(nonce, Math.min(place, smallest.get(nonce) ?? place));
        }
        const places = [...smallest.values()].sort((a, b) => a - b);
        const [first, through] = [Math.min(from, to) * 10, Math.max(from, to) * 10];
        expect(timeline.countBetween(id(first), id(through))).toBe(
          places.filter((place) => place >= first && place <= through).length,
        );
        const before = places.findLast((place) => place < through);
        expect(timeline.lastBefore(id(through))).toBe(before === undefined ? undefined : id(before));
      },
    ),
  );
});
