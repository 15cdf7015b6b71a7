import { setTimeout as pause } from 'node:timers/promises';
import { type Consumer, type EachBatchPayload, Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import type { EventSourceDeclaration } from '../../core/contract/event-sources.ts';
import { TOPICS } from '../../core/contract/topics.ts';
import { kafkaSocket } from '../../lambdas/runtime/kafka-socket.ts';
import type { Invoke } from '../functions/invocation.ts';
import { Dispatcher } from './dispatcher.ts';
import { type EventSourceIdentity, eventBytesOf } from './kafka-event.ts';

export interface EventSourceOptions {
  readonly declaration: EventSourceDeclaration;
  readonly brokers: readonly string[];
  /** Put before the names of topic and group. */
  readonly topicPrefix: string;
  readonly identity: EventSourceIdentity;
  readonly invoke: Invoke;
  /** At most; as many as the declaration has pollers by default. */
  readonly invocationsAtOnce?: number | undefined;
  /** Security of the connections, where the brokers ask for it. */
  readonly connection?: Pick<KafkaConfig, 'ssl' | 'sasl'>;
  readonly backoff?: { readonly firstMilliseconds: number; readonly longestMilliseconds: number };
  /** One line about something that went wrong; no contents. */
  readonly log: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

/** The shortest that Kafka's brokers allow by default: so long after a SIGKILL the partitions go to the next start. */
const SESSION_MILLISECONDS = 6_000;
const HEARTBEAT_MILLISECONDS = 1_000;
/** No heartbeat was answered for so long: the group's coordinator is gone. */
const HEARTBEAT_LATE_MILLISECONDS = 2 * HEARTBEAT_MILLISECONDS;
/** How long a broker may hold a fetch that finds nothing. A stop waits for it. */
const FETCH_WAIT_MILLISECONDS = 500;
/**
 * Whoever waits for fuller batches anyway has the brokers wait: an answer to every single record costs brokers and this
 * process more than the record itself.
 */
const FULL_FETCH_BYTES = 1024 * 1024;
/** A broker that hangs is given up after this; longer than any fetch. */
const REQUEST_MILLISECONDS = 5_000;
/** Progress is committed at most so often, since a commit is a replicated write: what a SIGKILL repeats. */
const COMMIT_PAUSE_MILLISECONDS = 1_000;
const RECONNECT_PAUSE_MILLISECONDS = 500;
/** How long a stop waits for invocations under way, and for Kafka to say goodbye. */
const STOP_MILLISECONDS = 1_500;

/**
 * One event source mapping: polls a topic as the consumer group `topicPrefix + name` and invokes the function with batches.
 * Whatever happens to Kafka, it keeps trying until it is stopped.
 */
export class EventSource {
  private readonly options: EventSourceOptions;
  private readonly topic: string;
  private readonly dispatcher: Dispatcher;
  private readonly stopping = new AbortController();
  private heartbeatAt = 0;
  /** There while it belongs to the group: before and after, kafkajs refuses commits and pauses. */
  private consumer: Consumer | undefined;
  private committing: Promise<void> | undefined;
  private lastCommit: Promise<void> = Promise.resolve();
  private looping: Promise<void> | undefined;

  constructor(options: EventSourceOptions) {
    const { declaration, topicPrefix } = options;
    const topic = TOPICS[declaration.topic];
    this.options = options;
    this.topic = topicPrefix + topic.name;
    this.dispatcher = new Dispatcher({
      functionName: declaration.function,
      topic: this.topic,
      timestampType:
        topic.configs['message.timestamp.type'] === 'LogAppendTime' ? 'LOG_APPEND_TIME' : 'CREATE_TIME',
      identity: options.identity,
      batchSize: declaration.batchSize,
      // A record has waited at the broker already.
      windowMilliseconds: Math.max(
        0,
        declaration.maximumBatchingWindowSeconds * 1_000 - FETCH_WAIT_MILLISECONDS,
      ),
      maximumInvocations: options.invocationsAtOnce ?? declaration.pollers.maximum,
      invoke: options.invoke,
      supply: {
        pause: (partition) => this.consumer?.pause([{ topic: this.topic, partitions: [partition] }]),
        resume: (partition) => this.consumer?.resume([{ topic: this.topic, partitions: [partition] }]),
        progress: () => this.commitSoon(),
      },
      ...(options.backoff === undefined ? {} : { backoff: options.backoff }),
      log: options.log,
    });
  }

  start(): void {
    this.looping ??= this.loop();
  }

  /** Waits a little for the invocations under way, commits what is done, and leaves the group: well under 2 s. */
  async stop(): Promise<void> {
    const ended = this.dispatcher.stop();
    await within(STOP_MILLISECONDS, ended);
    await within(STOP_MILLISECONDS, this.commit());
    this.stopping.abort();
    await within(STOP_MILLISECONDS, this.looping ?? Promise.resolve());
  }

  private async loop(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const consumer = this.createConsumer();
      try {
        await this.consumeUntilCrash(consumer);
      } catch (error) {
        this.options.log('the event source lost Kafka and tries again', this.describe(error));
      }
      await consumer.disconnect().catch(() => undefined);
      this.consumer = undefined;
      await pause(RECONNECT_PAUSE_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Resolves when it is stopped; rejects when kafkajs gives up. */
  private async consumeUntilCrash(consumer: Consumer): Promise<void> {
    const crashed = new Promise<never>((_, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    });
    // It may happen before anybody waits.
    crashed.catch(() => undefined);
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.heartbeatAt = performance.now();
      this.consumer = consumer;
      this.dispatcher.assign(payload.memberAssignment[this.topic] ?? []);
    });
    consumer.on(consumer.events.STOP, () => {
      this.consumer = undefined;
    });
    consumer.on(consumer.events.HEARTBEAT, () => {
      this.heartbeatAt = performance.now();
    });
    // The group still takes commits while it rebalances, and the next owner begins where we ended.
    consumer.on(consumer.events.REBALANCING, () => void this.commit());
    const stopped = new Promise<void>((resolve) => {
      this.stopping.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([stopped, crashed, this.run(consumer).then(() => Promise.race([stopped, crashed]))]);
  }

  private async run(consumer: Consumer): Promise<void> {
    await consumer.connect();
    await consumer.subscribe({ topics: [this.topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: 1,
      eachBatch: async ({ batch }: EachBatchPayload) => {
        this.assertCoordinated();
        const records = batch.messages.map((message) => ({
          offset: Number(message.offset),
          message,
          bytes: eventBytesOf(this.topic, message),
        }));
        this.dispatcher.push(batch.partition, records);
      },
    });
  }

  /**
   * kafkajs asks for the coordinator only when it joins the group, and goes on sending heartbeats to one that is dead until it
   * gives up. An error that says "wrong coordinator" makes it join anew, as the same member, so that nobody's session has to
   * run out first.
   */
  private assertCoordinated(): void {
    if (performance.now() - this.heartbeatAt < HEARTBEAT_LATE_MILLISECONDS) return;
    const reason = new Error('No heartbeat was answered: the coordinator is looked for anew.');
    throw Object.assign(reason, { type: 'NOT_COORDINATOR_FOR_GROUP' });
  }

  private createConsumer(): Consumer {
    const { brokers, connection, declaration, topicPrefix } = this.options;
    const kafka = new Kafka({
      clientId: `event-source-${declaration.name}`,
      brokers: [...brokers],
      ...connection,
      socketFactory: kafkaSocket,
      connectionTimeout: 1_000,
      requestTimeout: REQUEST_MILLISECONDS,
      logLevel: logLevel.WARN,
      logCreator:
        () =>
        ({ namespace, log }) => {
          const { message, error } = log;
          this.options.log('kafka client', {
            source: declaration.name,
            namespace,
            message,
            error: error as unknown,
          });
        },
    });
    return kafka.consumer({
      groupId: topicPrefix + declaration.name,
      allowAutoTopicCreation: false,
      sessionTimeout: SESSION_MILLISECONDS,
      rebalanceTimeout: SESSION_MILLISECONDS,
      heartbeatInterval: HEARTBEAT_MILLISECONDS,
      maxWaitTimeInMs: FETCH_WAIT_MILLISECONDS,
      minBytes: declaration.maximumBatchingWindowSeconds === 0 ? 1 : FULL_FETCH_BYTES,
      maxBytesPerPartition: 1024 * 1024,
      maxBytes: 4 * 1024 * 1024,
      metadataMaxAge: 60_000,
      // Crashes are ours to handle: a new client asks all brokers anew.
      retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 8, restartOnFailure: async () => false },
    });
  }

  private commitSoon(): void {
    this.committing ??= this.commitUntilDone().finally(() => {
      this.committing = undefined;
    });
  }

  private async commitUntilDone(): Promise<void> {
    const { signal } = this.stopping;
    do {
      await pause(COMMIT_PAUSE_MILLISECONDS, undefined, { signal }).catch(() => undefined);
      await this.commit();
    } while (!signal.aborted && this.dispatcher.uncommitted().length > 0);
  }

  /** Commits what is done, one request at a time. Never rejects: what fails is committed with what comes next. */
  private commit(): Promise<void> {
    this.lastCommit = this.lastCommit.then(() => this.commitOnce());
    return this.lastCommit;
  }

  private async commitOnce(): Promise<void> {
    const offsets = this.dispatcher.uncommitted();
    const { consumer } = this;
    if (offsets.length === 0 || consumer === undefined) return;
    try {
      await consumer.commitOffsets(
        offsets.map(({ partition, offset }) => ({ topic: this.topic, partition, offset: String(offset) })),
      );
      this.dispatcher.committed(offsets);
    } catch (error) {
      this.options.log('offsets could not be committed and will be later', this.describe(error));
    }
  }

  private describe(error: unknown): Record<string, unknown> {
    const { name } = this.options.declaration;
    return error instanceof Error
      ? { source: name, error: error.name, message: error.message }
      : { source: name, error: String(error) };
  }
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const limit = new AbortController();
  await Promise.race([work, pause(milliseconds, undefined, { signal: limit.signal }).catch(() => undefined)]);
  limit.abort();
}
