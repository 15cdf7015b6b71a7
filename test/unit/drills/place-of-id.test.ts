import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import { placeOf } from '../../../drills/kafka/place-of-id.ts';

it('reads from an id what went into it', () => {
  const place = fc.record({
    offset: fc.bigInt({ min: 0n, max: 2n ** 56n - 1n }),
    partition: fc.integer({ min: 0, max: 2 ** 16 - 1 }),
    appendedAt: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  });
  fc.assert(
    fc.property(place, (position) => {
      expect(placeOf(messageIdOf({ generation: 0, ...position }))).toEqual(position);
    }),
  );
});
