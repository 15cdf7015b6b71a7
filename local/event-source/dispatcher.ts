import type { Invoke } from '../functions/invocation.ts';
import { REQUEST_PAYLOAD_MAX_BYTES } from '../functions/invocation.ts';
import { type BatchOutcome, readBatchResponse } from './batch-response.ts';
import {
  ENVELOPE_BYTES,
  type EventSourceIdentity,
  type KafkaEventRecord,
  toEventRecord,
  toKafkaEvent,
} from './kafka-event.ts';
import { PartitionQueue, type Taken, type WaitingRecord } from './partition-queue.ts';

/** What the dispatcher asks of the consumer that feeds it. */
export interface RecordSupply {
  /** No more of this partition for now … */
  pause(partition: number): void;
  /** … and more again. */
  resume(partition: number): void;
  /** Some partition's `doneBefore` has moved. */
  progress(): void;
}

export interface DispatcherOptions {
  readonly functionName: string;
  /** The topic's real name, prefix included. */
  readonly topic: string;
  readonly timestampType: KafkaEventRecord['timestampType'];
  readonly identity: EventSourceIdentity;
  readonly batchSize: number;
  readonly windowMilliseconds: number;
  readonly maximumInvocations: number;
  readonly invoke: Invoke;
  readonly supply: RecordSupply;
  /** Pauses before a batch is tried again: from the first, doubled each time, to the longest. */
  readonly backoff?: { readonly firstMilliseconds: number; readonly longestMilliseconds: number };
  /** One line about something that went wrong; no contents. */
  readonly log: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

const BACKOFF = { firstMilliseconds: 100, longestMilliseconds: 5_000 };

/** A partition holds this much at most, so that memory stays flat however long the backlog; then it is paused. */
const PARTITION_FULL_BYTES = 4 * 1024 * 1024;
const PARTITION_ROOM_BYTES = PARTITION_FULL_BYTES / 2;
/** All partitions together. */
const TOTAL_FULL_BYTES = 24 * 1024 * 1024;

/** Turns the records of a topic's partitions into invocations, by the rules of an event source mapping. */
export class Dispatcher {
  private readonly options: DispatcherOptions;
  private readonly queues = new Map<number, PartitionQueue>();
  private readonly paused = new Set<number>();
  private readonly underWay = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(options: DispatcherOptions) {
    this.options = options;
  }

  /** The group gave us these partitions; what is here of others no longer counts. */
  assign(partitions: readonly number[]): void {
    for (const queue of this.queues.values()) {
      if (!partitions.includes(queue.partition)) queue.revoke();
    }
    for (const partition of partitions) {
      const queue = this.queues.get(partition) ?? new PartitionQueue(partition);
      queue.assigned = true;
      this.queues.set(partition, queue);
      this.supply.resume(partition);
    }
    this.paused.clear();
    this.balance();
    this.dispatch();
  }

  /** Takes fetched records; those of a partition that is not ours are dropped. */
  push(partition: number, records: readonly WaitingRecord[]): void {
    const queue = this.queues.get(partition);
    if (queue === undefined || !queue.assigned || this.stopped) return;
    queue.push(records);
    this.dispatch();
    this.balance();
  }

  /** Offsets that may be committed and have not been. */
  uncommitted(): { partition: number; offset: number }[] {
    return [...this.queues.values()].flatMap(({ partition, doneBefore, committed }) =>
      doneBefore !== undefined && doneBefore !== committed ? [{ partition, offset: doneBefore }] : [],
    );
  }

  committed(offsets: readonly { partition: number; offset: number }[]): void {
    for (const { partition, offset } of offsets) {
      const queue = this.queues.get(partition);
      if (queue !== undefined) queue.committed = offset;
    }
  }

  /** Begins no more invocations; resolves once those under way have ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await Promise.all(this.underWay);
  }

  private get supply(): RecordSupply {
    return this.options.supply;
  }

  private dispatch(): void {
    while (!this.stopped && this.underWay.size < this.options.maximumInvocations) {
      const batch = this.nextBatch();
      if (batch === undefined) break;
      const invocation: Promise<void> = this.run(batch).finally(() => {
        this.underWay.delete(invocation);
        this.dispatch();
        this.balance();
      });
      this.underWay.add(invocation);
    }
    this.wakeUpLater();
  }

  /** What failed is tried again by itself and first; everything else is shared out among the free places. */
  private nextBatch(): Map<PartitionQueue, Taken> | undefined {
    const now = performance.now();
    const idle = [...this.queues.values()].filter((queue) => !queue.busy);
    const due = idle.find((queue) => queue.retry !== undefined && queue.retry.dueAt <= now);
    if (due !== undefined) return new Map([[due, due.takeRetry()]]);
    const ready = idle
      .filter((queue) => queue.retry === undefined && queue.length > 0)
      .sort((a, b) => a.waitingSince - b.waitingSince);
    if (ready.length === 0 || !this.isWindowOver(ready, now)) return undefined;
    return this.fill(ready);
  }

  private isWindowOver(ready: readonly PartitionQueue[], now: number): boolean {
    const { windowMilliseconds, batchSize } = this.options;
    const records = ready.reduce((sum, queue) => sum + queue.length, 0);
    const [oldest] = ready;
    return records >= batchSize || oldest === undefined || oldest.waitingSince + windowMilliseconds <= now;
  }

  private fill(ready: readonly PartitionQueue[]): Map<PartitionQueue, Taken> {
    const places = this.options.maximumInvocations - this.underWay.size;
    const waiting = ready.reduce((sum, queue) => sum + queue.length, 0);
    // An invocation costs the same whether it carries one record or a hundred: few records share one.
    const share =
      waiting * places <= this.options.batchSize ? ready.length : Math.ceil(ready.length / places);
    const limits = { records: this.options.batchSize, bytes: REQUEST_PAYLOAD_MAX_BYTES - ENVELOPE_BYTES };
    const batch = new Map<PartitionQueue, Taken>();
    for (const queue of ready.slice(0, share)) {
      const taken = queue.take(limits, batch.size === 0);
      if (taken.records.length === 0) break;
      batch.set(queue, taken);
      limits.records -= taken.records.length;
      for (const record of taken.records) limits.bytes -= record.bytes;
    }
    return batch;
  }

  private async run(batch: ReadonlyMap<PartitionQueue, Taken>): Promise<void> {
    const outcome = await this.invoke(batch);
    let hasProgressed = false;
    for (const [queue, taken] of batch) {
      const failedFrom =
        outcome.kind === 'failed' ? taken.records[0]?.offset : outcome.failedFrom.get(queue.partition);
      const before = queue.doneBefore;
      queue.settle(taken, failedFrom, performance.now() + this.pauseAfter(taken.attempt));
      hasProgressed ||= queue.doneBefore !== before;
    }
    if (hasProgressed) this.supply.progress();
  }

  private async invoke(batch: ReadonlyMap<PartitionQueue, Taken>): Promise<BatchOutcome> {
    const { functionName, topic, identity, timestampType } = this.options;
    const records = new Map<number, KafkaEventRecord[]>();
    const offsets = new Map<number, Set<number>>();
    for (const [{ partition }, taken] of batch) {
      records.set(
        partition,
        taken.records.map(({ message }) => toEventRecord(topic, partition, message, timestampType)),
      );
      offsets.set(partition, new Set(taken.records.map(({ offset }) => offset)));
    }
    const result = await this.options
      .invoke(functionName, toKafkaEvent(identity, topic, records))
      .catch(
        (error: unknown) => ({ kind: 'failed', errorType: 'Invoke', errorMessage: String(error) }) as const,
      );
    const outcome = readBatchResponse(topic, offsets, result);
    if (outcome.kind === 'failed') {
      this.options.log('a batch failed and will be tried again', {
        function: functionName,
        topic,
        partitions: [...offsets.keys()],
        attempt: Math.max(...[...batch.values()].map((taken) => taken.attempt)) + 1,
        reason: outcome.reason,
      });
    }
    return outcome;
  }

  private pauseAfter(attempt: number): number {
    const { firstMilliseconds, longestMilliseconds } = this.options.backoff ?? BACKOFF;
    return Math.min(longestMilliseconds, firstMilliseconds * 2 ** Math.min(attempt, 20));
  }

  /** At the next moment at which a retry is due or a window ends. */
  private wakeUpLater(): void {
    clearTimeout(this.timer);
    if (this.stopped || this.underWay.size >= this.options.maximumInvocations) return;
    const moments = [...this.queues.values()].flatMap((queue) => {
      if (queue.busy) return [];
      if (queue.retry !== undefined) return [queue.retry.dueAt];
      return queue.length > 0 ? [queue.waitingSince + this.options.windowMilliseconds] : [];
    });
    if (moments.length === 0) return;
    this.timer = setTimeout(() => this.dispatch(), Math.max(1, Math.min(...moments) - performance.now()));
  }

  /** Pauses partitions that hold enough and resumes those that have room again. */
  private balance(): void {
    const total = [...this.queues.values()].reduce((sum, queue) => sum + queue.heldBytes, 0);
    for (const { partition, heldBytes } of this.queues.values()) {
      const isFull = heldBytes >= PARTITION_FULL_BYTES || (total >= TOTAL_FULL_BYTES && heldBytes > 0);
      const hasRoom = heldBytes <= PARTITION_ROOM_BYTES && total < TOTAL_FULL_BYTES;
      if (isFull && !this.paused.has(partition)) {
        this.paused.add(partition);
        this.supply.pause(partition);
      } else if (hasRoom && this.paused.has(partition)) {
        this.paused.delete(partition);
        this.supply.resume(partition);
      }
    }
  }
}
