import type { Message, RecordMetadata } from 'kafkajs';
import { isRefusal } from './send-errors.ts';

/** Where one record stands. */
export interface AppendedRecord {
  readonly partition: number;
  readonly offset: bigint;
  /** Milliseconds since the epoch, by the clock of the partition's leader. */
  readonly appendedAt: number;
}

export interface SharedSendsOptions {
  /** One produce request; all messages are of one lane. */
  readonly send: (topic: string, messages: Message[]) => Promise<RecordMetadata[]>;
  /** What messages have in common that share requests. */
  readonly laneOf: (topic: string, message: Message) => string;
  /** Where a message goes; undefined while nobody knows, and then all messages of its lane go to the same partition. */
  readonly partitionOf: (topic: string, message: Message) => number | undefined;
}

interface Waiting {
  readonly message: Message;
  /** On the clock of `performance.now()`. */
  readonly deadline: number;
  readonly resolve: (appended: AppendedRecord) => void;
  readonly reject: (reason: unknown) => void;
}

/** Well below the 1 MB that a broker takes as one batch by default (`message.max.bytes`), with headers and all. */
const REQUEST_BYTES = 512 * 1024;

/**
 * Messages that come while a request of their lane is under way share the next one: with three replicas a request costs the same
 * whether it carries one record or a hundred. A message that comes alone is sent at once. Lanes share nothing, so that one that
 * gets no answer holds up no other.
 *
 * On Lambda, where an instance has one invocation at a time, there is never a second one to share with.
 */
export class SharedSends {
  readonly #options: SharedSendsOptions;
  /** Lanes with a request under way, and what waits for the next one. */
  readonly #lanes = new Map<string, Waiting[]>();

  constructor(options: SharedSendsOptions) {
    this.#options = options;
  }

  /** Rejects with what the request that carried it ended with, and when it was not sent before its deadline. */
  send(topic: string, message: Message, deadline: number): Promise<AppendedRecord> {
    return new Promise((resolve, reject) => {
      const waiting = { message, deadline, resolve, reject };
      const lane = `${topic} ${this.#options.laneOf(topic, message)}`;
      const others = this.#lanes.get(lane);
      if (others !== undefined) {
        others.push(waiting);
        return;
      }
      this.#lanes.set(lane, [waiting]);
      void this.#empty(lane, topic);
    });
  }

  async #empty(lane: string, topic: string): Promise<void> {
    const waiting = this.#lanes.get(lane) ?? [];
    while (waiting.length > 0) await this.#carry(topic, takeRequest(waiting));
    this.#lanes.delete(lane);
  }

  async #carry(topic: string, request: readonly Waiting[]): Promise<void> {
    const [alone, ...others] = request;
    if (alone === undefined) return;
    try {
      const appended = await this.#options.send(
        topic,
        request.map(({ message }) => message),
      );
      const recordOf = recordsOf(appended);
      for (const { message, resolve, reject } of request) {
        const record = recordOf(this.#options.partitionOf(topic, message));
        if (record === undefined) reject(new Error('The answer does not say where the record stands.'));
        else resolve(record);
      }
    } catch (error) {
      // A refusal names the request: which of its messages it means shows when each has one of its own.
      if (isRefusal(error) && others.length > 0) {
        for (const each of request) await this.#carry(topic, [each]);
      } else for (const { reject } of request) reject(error);
    }
  }
}

/** Takes as many as one request holds off the front; those whose time is up are told so instead. */
function takeRequest(waiting: Waiting[]): Waiting[] {
  const now = performance.now();
  const request: Waiting[] = [];
  let bytes = 0;
  for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
    bytes += Buffer.byteLength(next.message.value ?? '');
    if (request.length > 0 && bytes > REQUEST_BYTES) break;
    waiting.shift();
    if (next.deadline <= now) next.reject(new Error('The deadline passed before it was sent.'));
    else request.push(next);
  }
  return request;
}

/** Gives the places of the records of one request, in their order: in its partition one stands behind the other. */
function recordsOf(
  appended: readonly RecordMetadata[],
): (partition: number | undefined) => AppendedRecord | undefined {
  const next = new Map(
    appended.flatMap(({ partition, baseOffset, logAppendTime }) =>
      baseOffset === undefined || logAppendTime === undefined
        ? []
        : [[partition, { offset: BigInt(baseOffset), appendedAt: Number(logAppendTime) }] as const],
    ),
  );
  const only = appended.length === 1 ? appended[0]?.partition : undefined;
  return (known) => {
    const partition = known ?? only;
    const place = partition === undefined ? undefined : next.get(partition);
    if (partition === undefined || place === undefined) return undefined;
    next.set(partition, { ...place, offset: place.offset + 1n });
    return { partition, ...place };
  };
}
