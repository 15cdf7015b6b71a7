import type { MSKEvent, MSKRecord, MSKRecordHeader, SelfManagedKafkaEvent } from 'aws-lambda';
import type { LogRecord } from '../application/ports/log-record.ts';

export interface PartitionRecords {
  readonly topic: string;
  readonly partition: number;
  /** In the order of their offsets. */
  readonly records: readonly LogRecord[];
}

/** The records of an event of MSK or of one's own Kafka, by partition. */
export function partitionsOf(event: MSKEvent | SelfManagedKafkaEvent): PartitionRecords[] {
  return Object.values(event.records)
    .filter((records) => records.length > 0)
    .map((records) => {
      const decoded = records.map(recordOf);
      const [first] = decoded;
      return { topic: first?.topic ?? '', partition: first?.partition ?? 0, records: decoded };
    });
}

function recordOf(record: MSKRecord): LogRecord {
  return {
    topic: record.topic,
    partition: record.partition,
    offset: BigInt(record.offset),
    timestamp: record.timestamp,
    key: bytesOf(record.key),
    value: bytesOf(record.value),
    headers: headersOf(record.headers ?? []),
  };
}

/** Absent keys and values come as absent, null or empty, depending on the source. */
function bytesOf(base64: string | null | undefined): Uint8Array | undefined {
  return base64 ? Buffer.from(base64, 'base64') : undefined;
}

/** Header values come as lists of (signed) bytes; of several with one name the last counts. */
function headersOf(headers: readonly MSKRecordHeader[]): Record<string, string> {
  const text: Record<string, string> = {};
  for (const header of headers) {
    for (const [name, bytes] of Object.entries(header))
      text[name] = Buffer.from(bytes ?? []).toString('utf8');
  }
  return text;
}

/** What Lambda takes as a partial failure of a Kafka batch: per partition the lowest offset that must come again. */
export interface KafkaBatchResponse {
  readonly batchItemFailures: readonly { itemIdentifier: { partition: string; offset: number } }[];
}

export function failuresOf(
  failures: readonly { topic: string; partition: number; offset: bigint }[],
): KafkaBatchResponse {
  return {
    batchItemFailures: failures.map(({ topic, partition, offset }) => ({
      itemIdentifier: { partition: `${topic}-${partition}`, offset: Number(offset) },
    })),
  };
}
