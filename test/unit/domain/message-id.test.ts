import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageIdSchema } from '../../../core/contract/ids.ts';
import {
  type LogPosition,
  logPositionOf,
  messageIdOf,
  postedAtOf,
  writeTimestampOf,
} from '../../../core/domain/message-id.ts';

const position: fc.Arbitrary<LogPosition> = fc.record({
  generation: fc.integer({ min: 0, max: 127 }),
  partition: fc.integer({ min: 0, max: 0xffff }),
  offset: fc.bigInt({ min: 0n, max: (1n << 56n) - 1n }),
  appendedAt: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
});

describe('message id', () => {
  it('is 26 characters that the contract takes, and can be taken apart again', () => {
    fc.assert(
      fc.property(position, (place) => {
        const id = messageIdOf(place);
        expect(messageIdSchema.parse(id)).toBe(id);
        expect(logPositionOf(id)).toEqual(place);
      }),
    );
  });

  it('sorts as the log does: by generation, then offset, whatever the clocks say', () => {
    fc.assert(
      fc.property(position, position, (one, other) => {
        const inLog = one.generation - other.generation || Number(one.offset - other.offset);
        fc.pre(inLog !== 0);
        expect(messageIdOf(one) < messageIdOf(other)).toBe(inLog < 0);
      }),
    );
  });

  it('gives write timestamps that order as the log does and fit a signed 64-bit integer', () => {
    fc.assert(
      fc.property(position, position, (one, other) => {
        const [first, second] = [writeTimestampOf(messageIdOf(one)), writeTimestampOf(messageIdOf(other))];
        const inLog = one.generation - other.generation || Number(one.offset - other.offset);
        expect(Math.sign(Number(first - second))).toBe(Math.sign(inLog));
        expect(first).toBeLessThan(1n << 63n);
      }),
    );
  });

  it('carries the append time', () => {
    const id = messageIdOf({
      generation: 0,
      partition: 3,
      offset: 17n,
      appendedAt: Date.UTC(2026, 10, 22, 9, 2),
    });
    expect(postedAtOf(id)).toBe('2026-11-22T09:02:00.000Z');
  });

  it.each([
    '',
    'ABC',
    'Z0000000000000000000000000',
    '0000000000000000000000000U',
    '000000000000000000000000000',
  ])('refuses %j', (text) => {
    expect(() => logPositionOf(text)).toThrow(RangeError);
  });
});
