import type { KafkaMessage } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { eventBytesOf, toEventRecord, toKafkaEvent } from '../../../local/event-source/kafka-event.ts';
import { readSample, shapeOf } from './shape.ts';

const bootstrapServers = ['127.0.0.1:9092', '127.0.0.1:9093'];

function message(changes: Partial<KafkaMessage> = {}): KafkaMessage {
  return {
    key: Buffer.from('key'),
    value: Buffer.from('value'),
    timestamp: '1545084650987',
    attributes: 0,
    offset: '15',
    headers: { name: Buffer.from('hë') },
    ...changes,
  } as KafkaMessage;
}

const record = toEventRecord('messages', 0, message(), 'LOG_APPEND_TIME');

describe('the events of a Kafka event source mapping', () => {
  it('has the documented fields of MSK', () => {
    const event = toKafkaEvent(
      { kind: 'msk', clusterArn: 'arn:aws:kafka:us-east-1:000000000000:cluster/x/1', bootstrapServers },
      'messages',
      new Map([[0, [record]]]),
    );
    const sample = readSample('msk').event;
    expect(shapeOf(event)).toEqual(shapeOf(sample));
    expect(event.records).toEqual(sample.records);
    expect(event.bootstrapServers).toBe('127.0.0.1:9092,127.0.0.1:9093');
  });

  it('has the documented fields of a self-managed cluster', () => {
    const event = toKafkaEvent(
      { kind: 'self-managed', bootstrapServers },
      'messages',
      new Map([[0, [record]]]),
    );
    const sample = readSample('self-managed-kafka').event;
    expect(shapeOf(event)).toEqual(shapeOf(sample));
    expect(event.eventSource).toBe(sample.eventSource);
  });

  it('keeps a header that comes twice as two objects, and leaves out a key and a value that are not there', () => {
    const made = toEventRecord(
      'messages',
      3,
      message({ key: null, value: null, headers: { a: [Buffer.from('1'), Buffer.from('2')] } }),
      'CREATE_TIME',
    );
    expect(made).toEqual({
      topic: 'messages',
      partition: 3,
      offset: 15,
      timestamp: 1545084650987,
      timestampType: 'CREATE_TIME',
      headers: [{ a: [49] }, { a: [50] }],
    });
  });

  it('never takes a record for smaller than it becomes', () => {
    const worst = message({
      key: Buffer.alloc(100, 0xff),
      value: Buffer.alloc(1_000, 0xff),
      headers: { '\u0001"': Buffer.alloc(300, 0x80) },
    });
    const made = toEventRecord('messages', 0, worst, 'LOG_APPEND_TIME');
    expect(eventBytesOf('messages', worst)).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(made)));
  });
});
