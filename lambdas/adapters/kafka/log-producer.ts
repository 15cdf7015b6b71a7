import { setTimeout as pause } from 'node:timers/promises';
import type { Message, Producer, RecordMetadata } from 'kafkajs';
import { StoreRefusalError, StoreUnavailableError } from '../../application/ports/store-errors.ts';
import { createKafkaClient, type KafkaClientOptions, REQUEST_TIMEOUT_MS } from './kafka-client.ts';
import { KnownPartitions } from './known-partitions.ts';
import { causesOf, isRefusal } from './send-errors.ts';
import { type AppendedRecord, SharedSends } from './shared-sends.ts';

/** Pauses between tries: short at first, as most failures are a connection that just broke. */
const PAUSES_MS = [20, 50, 100, 200, 400];
/** A broker that let a request time out is not asked for the cluster's metadata for so long. */
const SUSPICION_MS = 10_000;

interface TryOptions {
  readonly topic: string;
  readonly deadlineMs: number;
  readonly onRetry?: () => void;
}

export interface AppendOptions extends TryOptions {
  readonly messages: readonly Message[];
}

export interface AppendOneOptions extends TryOptions {
  /** Makes the record of one try; `tries` counts from 0. */
  readonly message: (tries: number) => Message;
}

/**
 * Appends records with `acks=all`, retrying by itself within a deadline.
 *
 * Not idempotent on purpose: kafkajs 2.2.4 reuses a sequence number after an unknown outcome, and the broker then
 * answers "duplicate" for a record that is not in the log. kafkajs's own retries are off, so that each try can be marked.
 */
export class LogProducer {
  readonly #options: KafkaClientOptions;
  readonly #suspects = new Map<string, number>();
  /** After a request has failed: one that carries several partitions fails as a whole for what ails one of them. */
  #apartUntil = Number.NEGATIVE_INFINITY;
  readonly #partitions = new KnownPartitions();
  readonly #sharedSends = new SharedSends({
    send: (topic, messages) => this.#send(topic, messages),
    laneOf: (topic, message) => this.#laneOf(topic, message),
    partitionOf: (topic, message) => this.#partitions.partitionOf(topic, message),
  });
  #producer: Promise<Producer> | undefined;

  constructor(options: KafkaClientOptions) {
    this.#options = options;
  }

  /**
   * Appends one record and resolves with where it stands. Records that are appended at the same time share requests.
   *
   * @throws {StoreUnavailableError} after the deadline; whether it was appended is then unknown
   * @throws {StoreRefusalError} if the log will never take it
   */
  appendOne({ topic, message, ...options }: AppendOneOptions): Promise<AppendedRecord> {
    return retrying(options, (tries, deadline) => this.#sharedSends.send(topic, message(tries), deadline));
  }

  /**
   * Appends records in one go.
   *
   * @throws {StoreUnavailableError} after the deadline; whether they were appended is then unknown
   * @throws {StoreRefusalError} if the log will never take them
   */
  async append({ topic, messages, ...options }: AppendOptions): Promise<void> {
    await retrying(options, () => this.#send(topic, [...messages]));
  }

  async close(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.then((connected) => connected.disconnect()).catch(() => undefined);
  }

  /** Messages for one broker share requests; for one partition only, as long as something may be wrong with another. */
  #laneOf(topic: string, message: Message): string {
    const partition = this.#partitions.partitionOf(topic, message);
    // A key has one partition too: it stands in until the number of partitions is known.
    if (partition === undefined) return `key ${String(message.key)}`;
    const leader = this.#partitions.leaderOf(topic, partition);
    return leader === undefined || performance.now() < this.#apartUntil
      ? `partition ${partition}`
      : `leader ${leader}`;
  }

  async #send(topic: string, messages: Message[]): Promise<RecordMetadata[]> {
    this.#producer ??= this.#connect();
    const current = this.#producer;
    try {
      const producer = await this.#unlessBroken(current);
      return await producer.send({ topic, messages, acks: -1, timeout: REQUEST_TIMEOUT_MS });
    } catch (error) {
      this.#apartUntil = performance.now() + SUSPICION_MS;
      this.#replaceIfStuck(current, error);
      throw error;
    }
  }

  /** A connection that never came about is not kept, whatever the reason: the next try makes a new one. */
  async #unlessBroken(current: Promise<Producer>): Promise<Producer> {
    try {
      return await current;
    } catch (error) {
      if (this.#producer === current) this.#producer = undefined;
      throw error;
    }
  }

  async #connect(): Promise<Producer> {
    const kafka = await createKafkaClient({ ...this.#options, brokers: () => this.#trustedBrokers() });
    const producer = kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: this.#partitions.createPartitioner,
      idempotent: false,
      retry: { retries: 0 },
    });
    await producer.connect();
    return producer;
  }

  /**
   * A broker that hangs keeps its connection, and kafkajs keeps its old metadata: only a new client, one that asks
   * another broker, learns who leads now. A connection that broke, on the other hand, kafkajs mends by itself.
   */
  #replaceIfStuck(current: Promise<Producer>, error: unknown): void {
    const timedOut = causesOf(error).find((cause) => cause.name === 'KafkaJSRequestTimeoutError');
    const neverConnected = causesOf(error).some((cause) => cause.name === 'KafkaJSConnectionError');
    if (!timedOut && !neverConnected) return;
    if (timedOut && 'broker' in timedOut) this.#suspects.set(String(timedOut.broker), performance.now());
    if (this.#producer !== current) return;
    this.#producer = undefined;
    void current.then((producer) => producer.disconnect()).catch(() => undefined);
  }

  #trustedBrokers(): readonly string[] {
    const now = performance.now();
    const all = this.#options.brokers();
    const trusted = all.filter(
      (broker) => now - (this.#suspects.get(broker) ?? -SUSPICION_MS) >= SUSPICION_MS,
    );
    return trusted.length > 0 ? trusted : all;
  }
}

/** Tries until the deadline; only what the log will never take ends it earlier. */
async function retrying<Value>(
  { deadlineMs, onRetry }: Omit<TryOptions, 'topic'>,
  send: (tries: number, deadline: number) => Promise<Value>,
): Promise<Value> {
  const deadline = performance.now() + deadlineMs;
  for (let tries = 0; ; tries += 1) {
    try {
      return await before(deadline, () => send(tries, deadline));
    } catch (error) {
      const wait = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? 0;
      if (isRefusal(error)) throw new StoreRefusalError('kafka', error);
      if (performance.now() + wait >= deadline) throw new StoreUnavailableError('kafka', error);
      await pause(wait);
      onRetry?.();
    }
  }
}

/** Rejects when the deadline passes, whatever `work` still does. */
async function before<T>(deadline: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('The deadline has passed.')),
      Math.max(0, deadline - performance.now()),
    );
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
