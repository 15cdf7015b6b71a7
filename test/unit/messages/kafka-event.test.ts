import type { MSKEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { failuresOf, partitionsOf } from '../../../lambdas/middleware/kafka-event.ts';

const record = {
  topic: 'messages',
  partition: 3,
  offset: 15,
  timestamp: 1_545_084_650_987,
  timestampType: 'LOG_APPEND_TIME' as const,
  key: Buffer.from('key').toString('base64'),
  value: Buffer.from('välue').toString('base64'),
  headers: [{ attempt: [48] }, { name: [-61, -92] }, { attempt: [49] }],
};

const event = (records: MSKEvent['records']): MSKEvent => ({
  eventSource: 'aws:kafka',
  eventSourceArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/x/y',
  bootstrapServers: 'b-1:9098',
  records,
});

describe('a Kafka event', () => {
  it('becomes records by partition: bytes decoded, signed header bytes too, the last header of a name counts', () => {
    const [batch] = partitionsOf(event({ 'messages-3': [record] }));
    expect(batch).toMatchObject({ topic: 'messages', partition: 3 });
    expect(batch?.records[0]).toMatchObject({
      offset: 15n,
      timestamp: record.timestamp,
      headers: { attempt: '1', name: 'ä' },
    });
    expect(Buffer.from(batch?.records[0]?.value ?? []).toString()).toBe('välue');
  });

  it('may hold records without key, value and headers, and empty partitions', () => {
    const bare = { ...record, key: undefined, value: null, headers: undefined } as unknown as typeof record;
    const [batch, ...rest] = partitionsOf(event({ 'messages-3': [bare], 'messages-4': [] }));
    expect(rest).toEqual([]);
    expect(batch?.records[0]).toMatchObject({ key: undefined, value: undefined, headers: {} });
  });

  it('fails in part with an object that names the partition and the lowest offset', () => {
    expect(failuresOf([{ topic: 'messages', partition: 3, offset: 15n }])).toEqual({
      batchItemFailures: [{ itemIdentifier: { partition: 'messages-3', offset: 15 } }],
    });
  });
});
