import { describe, expect, it } from 'vitest';
import { readBatchResponse } from '../../../../local/event-source/batch-response.ts';

const batch = new Map([
  [0, new Set([10, 11, 12])],
  [7, new Set([5])],
]);
const read = (value: unknown) => readBatchResponse('x-messages', batch, { kind: 'returned', value });
const failure = (partition: unknown, offset: unknown) => ({ itemIdentifier: { partition, offset } });

describe('readBatchResponse', () => {
  it.each([null, {}, { batchItemFailures: null }, { batchItemFailures: [] }, { other: 1 }])(
    'takes %j for success',
    (value) => {
      expect(read(value)).toEqual({ kind: 'answered', failedFrom: new Map() });
    },
  );

  it('takes the lowest failed offset of each partition', () => {
    expect(
      read({
        batchItemFailures: [
          failure('x-messages-0', 12),
          failure('x-messages-0', 11),
          failure('x-messages-7', 5),
        ],
      }),
    ).toEqual({
      kind: 'answered',
      failedFrom: new Map([
        [0, 11],
        [7, 5],
      ]),
    });
  });

  it.each([
    ['a flat identifier', { batchItemFailures: [{ itemIdentifier: 'x-messages-0-11' }] }],
    [
      'an identifier without an offset',
      { batchItemFailures: [{ itemIdentifier: { partition: 'x-messages-0' } }] },
    ],
    ['an offset as text', { batchItemFailures: [failure('x-messages-0', '11')] }],
    ['another topic', { batchItemFailures: [failure('messages-0', 11)] }],
    ['a partition that is not in the batch', { batchItemFailures: [failure('x-messages-1', 11)] }],
    ['an offset that is not in the batch', { batchItemFailures: [failure('x-messages-0', 13)] }],
    ['failures that are no list', { batchItemFailures: 'all' }],
    ['no object', 'ok'],
  ])('fails the whole batch for %s', (_, value) => {
    expect(read(value).kind).toBe('failed');
  });

  it.each([
    { kind: 'failed', errorType: 'Sandbox.Timedout', errorMessage: '' },
    { kind: 'throttled' },
    { kind: 'too-large' },
  ] as const)('fails the whole batch when the invocation is %o', (result) => {
    expect(readBatchResponse('x-messages', batch, result).kind).toBe('failed');
  });
});
