import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameSizeGuard } from '../../../../local/gateway/frame-size-guard.ts';

/** A masked text frame as a client sends it. */
function frame(payloadBytes: number): Buffer {
  const length =
    payloadBytes < 126
      ? Buffer.from([0x80 | payloadBytes])
      : payloadBytes < 65_536
        ? Buffer.from([0x80 | 126, payloadBytes >> 8, payloadBytes & 0xff])
        : Buffer.concat([Buffer.from([0x80 | 127, 0, 0, 0, 0]), uint32(payloadBytes)]);
  return Buffer.concat([Buffer.from([0x81]), length, Buffer.alloc(4, 7), Buffer.alloc(payloadBytes, 0xff)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

describe('FrameSizeGuard', () => {
  it('takes frames up to the limit, however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 1, 125, 126, 127, 1_000), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        (sizes, cut) => {
          const guard = new FrameSizeGuard(1_000);
          const stream = Buffer.concat(sizes.map(frame));
          for (let at = 0; at < stream.length; at += cut)
            expect(guard.accepts(stream.subarray(at, at + cut))).toBe(true);
        },
      ),
    );
  });

  it.each([1_001, 65_535, 65_536, 200_000])('refuses a frame of %i bytes after one that fits', (size) => {
    const guard = new FrameSizeGuard(1_000);
    const stream = Buffer.concat([frame(1_000), frame(size)]);
    const results = [];
    for (let at = 0; at < stream.length; at += 7) results.push(guard.accepts(stream.subarray(at, at + 7)));
    expect(results).toContain(false);
  });
});
