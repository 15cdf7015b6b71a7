import type { KafkaMessage } from 'kafkajs';

/** What Lambda's event source mapping for Kafka puts into an event for one record. */
export interface KafkaEventRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly timestampType: 'CREATE_TIME' | 'LOG_APPEND_TIME';
  /** Base64; absent where the record has none. */
  readonly key?: string;
  readonly value?: string;
  /** One object a header; bytes as signed numbers (-128 to 127), because the mapping is written in Java. */
  readonly headers: readonly Readonly<Record<string, readonly number[]>>[];
}

/** The cluster as the event names it. */
export type EventSourceIdentity =
  | { readonly kind: 'msk'; readonly clusterArn: string; readonly bootstrapServers: readonly string[] }
  | { readonly kind: 'self-managed'; readonly bootstrapServers: readonly string[] };

/** The event of a batch; its records stand under `topic-partition`. */
export type KafkaEvent = {
  readonly bootstrapServers: string;
  readonly records: Readonly<Record<string, readonly KafkaEventRecord[]>>;
} & (
  | { readonly eventSource: 'aws:kafka'; readonly eventSourceArn: string }
  | { readonly eventSource: 'SelfManagedKafka' }
);

/** Room for the event's own fields around the records, bytes. */
export const ENVELOPE_BYTES = 4_096;

/**
 * How many bytes a record takes in an event, at most: a bound that is cheap to compute, since a batch ends at 6 MB.
 */
export function eventBytesOf(topic: string, message: KafkaMessage): number {
  let bytes = 200 + topic.length;
  bytes += base64Bytes(message.key) + base64Bytes(message.value);
  for (const [name, value] of headersOf(message)) {
    // A name can grow sixfold when JSON escapes it, and a byte is at most "-128,".
    bytes += 10 + name.length * 6 + value.length * 5;
  }
  return bytes;
}

/**
 * @param timestampType of the topic: kafkajs does not tell it
 */
export function toEventRecord(
  topic: string,
  partition: number,
  message: KafkaMessage,
  timestampType: KafkaEventRecord['timestampType'],
): KafkaEventRecord {
  return {
    topic,
    partition,
    offset: Number(message.offset),
    timestamp: Number(message.timestamp),
    timestampType,
    ...(message.key === null ? {} : { key: message.key.toString('base64') }),
    ...(message.value === null ? {} : { value: message.value.toString('base64') }),
    headers: headersOf(message).map(([name, value]) => ({ [name]: [...new Int8Array(value)] })),
  };
}

export function toKafkaEvent(
  identity: EventSourceIdentity,
  topic: string,
  batch: ReadonlyMap<number, readonly KafkaEventRecord[]>,
): KafkaEvent {
  const records: Record<string, readonly KafkaEventRecord[]> = {};
  for (const [partition, ofPartition] of batch) records[`${topic}-${partition}`] = ofPartition;
  const bootstrapServers = identity.bootstrapServers.join(',');
  return identity.kind === 'msk'
    ? { eventSource: 'aws:kafka', eventSourceArn: identity.clusterArn, bootstrapServers, records }
    : { eventSource: 'SelfManagedKafka', bootstrapServers, records };
}

function base64Bytes(bytes: Buffer | null): number {
  return bytes === null ? 0 : Math.ceil(bytes.length / 3) * 4;
}

/** A header may come more than once; kafkajs then gives an array. */
function headersOf(message: KafkaMessage): (readonly [string, Buffer])[] {
  return Object.entries(message.headers ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((single) => [name, Buffer.from(single ?? '')] as const),
  );
}
