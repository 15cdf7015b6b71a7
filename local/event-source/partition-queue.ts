import type { KafkaMessage } from 'kafkajs';

/** A fetched record that waits for its turn, with what it takes in an event. */
export interface WaitingRecord {
  readonly offset: number;
  readonly message: KafkaMessage;
  readonly bytes: number;
}

/** Records whose invocation failed: they are tried again as they are, before anything that came later. */
export interface Retry {
  readonly records: readonly WaitingRecord[];
  readonly attempt: number;
  /** By `performance.now()`. */
  readonly dueAt: number;
}

/** Records of a partition that an invocation holds. */
export interface Taken {
  readonly records: readonly WaitingRecord[];
  /** Invocations that these records have seen before. */
  readonly attempt: number;
  /** Tells whether the queue was reset meanwhile. */
  readonly epoch: number;
}

/** The records of one partition, in their order. */
export class PartitionQueue {
  readonly partition: number;
  /** Whether the group gave it to us. */
  assigned = true;
  /** True while an invocation holds records of this partition. */
  busy = false;
  retry: Retry | undefined;
  /** When the first of the waiting records came, by `performance.now()`. */
  waitingSince = 0;
  /** Bytes of all records that are here or under way. */
  heldBytes = 0;
  /** Nothing from here on is done yet; all before may be committed. */
  doneBefore: number | undefined;
  /** What the group has committed, as far as we know. */
  committed: number | undefined;
  private waiting: WaitingRecord[] = [];
  private head = 0;
  private nextOffset: number | undefined;
  private epoch = 0;

  constructor(partition: number) {
    this.partition = partition;
  }

  get length(): number {
    return this.waiting.length - this.head;
  }

  /**
   * Takes what was fetched. After a rebalance the consumer begins again at the committed offset: what is here already is
   * dropped. Only when it begins before that, the topic was made anew or the group's offsets were reset: then nothing that
   * is here counts.
   */
  push(records: readonly WaitingRecord[]): void {
    const [first] = records;
    if (first === undefined) return;
    if (this.committed !== undefined && first.offset < this.committed) this.reset();
    this.committed ??= first.offset;
    const from = this.nextOffset ?? first.offset;
    const fresh = first.offset >= from ? records : records.filter(({ offset }) => offset >= from);
    const last = fresh.at(-1);
    if (last === undefined) return;
    if (this.length === 0) this.waitingSince = performance.now();
    for (const record of fresh) {
      this.waiting.push(record);
      this.heldBytes += record.bytes;
    }
    this.nextOffset = last.offset + 1;
  }

  /** The group gave the partition to another member: what is here no longer counts, and neither does what is under way. */
  revoke(): void {
    this.assigned = false;
    this.reset();
  }

  /** Takes the records that are to be tried again, as they were. */
  takeRetry(): Taken {
    const { records = [], attempt = 0 } = this.retry ?? {};
    this.retry = undefined;
    this.busy = true;
    return { records, attempt, epoch: this.epoch };
  }

  /** Takes records from the front, up to both limits; one at least where `mustTake`. */
  take(limits: { records: number; bytes: number }, mustTake: boolean): Taken {
    const records: WaitingRecord[] = [];
    let bytes = 0;
    while (records.length < limits.records) {
      const record = this.waiting[this.head];
      if (record === undefined) break;
      if (bytes + record.bytes > limits.bytes && !(mustTake && records.length === 0)) break;
      bytes += record.bytes;
      records.push(record);
      this.head += 1;
    }
    // Cutting off the front each time would copy the rest each time.
    if (this.head > 1_000 || this.length === 0) {
      this.waiting = this.waiting.slice(this.head);
      this.head = 0;
    }
    if (this.length > 0) this.waitingSince = performance.now();
    this.busy = records.length > 0;
    return { records, attempt: 0, epoch: this.epoch };
  }

  /**
   * Says how the invocation went.
   *
   * @param failedFrom the lowest failed offset; undefined when all of them are done
   * @param retryAt when to try again what failed
   */
  settle(taken: Taken, failedFrom: number | undefined, retryAt: number): void {
    this.busy = false;
    if (taken.epoch !== this.epoch) return;
    const failed = failedFrom === undefined ? [] : taken.records.filter(({ offset }) => offset >= failedFrom);
    const [firstFailed] = failed;
    const last = taken.records.at(-1);
    if (last !== undefined) this.doneBefore = firstFailed?.offset ?? last.offset + 1;
    for (const record of taken.records) this.heldBytes -= record.bytes;
    for (const record of failed) this.heldBytes += record.bytes;
    if (failed.length === 0) return;
    // What failed further back than the time before has made progress: it starts its pauses anew.
    const progressed = firstFailed?.offset !== taken.records[0]?.offset;
    this.retry = { records: failed, attempt: progressed ? 1 : taken.attempt + 1, dueAt: retryAt };
  }

  private reset(): void {
    this.waiting = [];
    this.head = 0;
    this.retry = undefined;
    this.heldBytes = 0;
    this.nextOffset = undefined;
    this.doneBefore = undefined;
    this.committed = undefined;
    this.epoch += 1;
  }
}
