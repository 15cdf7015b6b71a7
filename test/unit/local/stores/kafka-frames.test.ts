import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  FrameSplitter,
  requestHeader,
  responseCorrelationId,
} from '../../../../local/faults/kafka-frames.ts';

function frameOf(body: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
}

it('finds the same frames however the stream is cut into chunks', () => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 });
  fc.assert(
    fc.property(bodies, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (parts, sizes) => {
      const frames = parts.map(frameOf);
      const stream = Buffer.concat(frames);
      const splitter = new FrameSplitter();
      const found: Buffer[] = [];
      for (let start = 0, turn = 0; start < stream.length; turn += 1) {
        const end = start + sizes[turn % sizes.length]!;
        found.push(...splitter.push(stream.subarray(start, end)));
        start = end;
      }
      expect(found.map((frame) => frame.toString('hex'))).toEqual(
        frames.map((frame) => frame.toString('hex')),
      );
    }),
  );
});

it('reads the headers of requests and responses', () => {
  const request = frameOf(Buffer.from([0, 3, 0, 12, 0, 0, 1, 2]));
  expect(requestHeader(request)).toEqual({ apiKey: 3, apiVersion: 12, correlationId: 258 });
  expect(responseCorrelationId(frameOf(Buffer.from([0, 0, 1, 2, 9])))).toBe(258);
});
