import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import { idOfPlace, placeOf } from '../../../drills/kafka/place-of-id.ts';

it('reads from an id what went into it, and makes the same id of it', () => {
  const place = fc.record({
    offset: fc.bigInt({ min: 0n, max: 2n ** 56n - 1n }),
    partition: fc.integer({ min: 0, max: 2 ** 16 - 1 }),
    appendedAt: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  });
  fc.assert(
    fc.property(place, (position) => {
      const id = messageIdOf({ generation: 3, ...position });
      expect(placeOf(id)).toEqual(position);
      expect(idOfPlace(position, 3)).toBe(id);
    }),
  );
});
