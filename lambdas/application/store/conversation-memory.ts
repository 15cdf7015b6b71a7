import type { ConversationId, MessageId } from '../../../core/contract/ids.ts';
import { REMEMBERED_NONCES } from '../../../core/contract/limits.ts';
import type { Bucket } from '../../../core/domain/bucket.ts';
import type { ConversationTail, MessageKey } from '../ports/message-store.ts';

/** What the store function remembers of one conversation: its last bucket and the keys of its newest messages. */
export class ConversationMemory {
  lastBucket: Bucket | undefined;
  /** The newest message that is stored; '' where none is. */
  newestId: MessageId | '';
  /** Key → id, oldest first (a Map keeps the order of insertion). */
  readonly #newest = new Map<string, MessageId>();
  /** Every message with a greater id than this is remembered; '' when all are. */
  #completeAfter: MessageId;

  constructor(tail: ConversationTail) {
    this.lastBucket = tail.lastBucket;
    this.newestId = tail.newest[0]?.messageId ?? '';
    for (const stored of tail.newest.toReversed()) this.#newest.set(keyTextOf(stored), stored.messageId);
    this.#completeAfter = tail.newest.length < REMEMBERED_NONCES ? '' : (tail.newest.at(-1)?.messageId ?? '');
  }

  get size(): number {
    return this.#newest.size;
  }

  idOf(key: MessageKey): MessageId | undefined {
    return this.#newest.get(keyTextOf(key));
  }

  /** Whether no message after `after` can have escaped this memory. */
  isCompleteSince(after: MessageId | undefined): boolean {
    return this.#completeAfter === '' || (after !== undefined && this.#completeAfter <= after);
  }

  remember(key: MessageKey, messageId: MessageId): void {
    this.#newest.set(keyTextOf(key), messageId);
    if (this.#newest.size <= REMEMBERED_NONCES) return;
    const oldest = this.#newest.entries().next().value;
    if (oldest === undefined) return;
    this.#newest.delete(oldest[0]);
    if (oldest[1] > this.#completeAfter) this.#completeAfter = oldest[1];
  }
}

/** One text for one key; neither part holds a space. */
export function keyTextOf({ sender, nonce }: MessageKey): string {
  return `${sender} ${nonce}`;
}

/** Keys in memory at most, over all conversations: some 100 bytes each, so about 50 MB. */
const MAX_KEYS = 500_000;

/**
 * The memories of the conversations that an instance serves, least recently used first to go. A memory holds only as long
 * as the instance sees every record of its partition: after a jump in the offsets another instance may have written.
 */
export class ConversationMemories {
  readonly #memories = new Map<
    ConversationId,
    { partition: number; memory: ConversationMemory; size: number }
  >();
  readonly #nextOffsets = new Map<number, bigint>();
  readonly #maxKeys: number;
  #keys = 0;

  constructor(maxKeys = MAX_KEYS) {
    this.#maxKeys = maxKeys;
  }

  /** Call it with the first offset of each batch: forgets the partition unless the batch follows the last one. */
  expect(partition: number, firstOffset: bigint): void {
    if (this.#nextOffsets.get(partition) !== firstOffset) this.forget(partition);
  }

  /** Call it once all records through `lastOffset` are done. */
  concluded(partition: number, lastOffset: bigint): void {
    this.#nextOffsets.set(partition, lastOffset + 1n);
    this.#shrink();
  }

  forget(partition: number): void {
    this.#nextOffsets.delete(partition);
    for (const [conversationId, held] of this.#memories) {
      if (held.partition === partition) this.#drop(conversationId, held.size);
    }
  }

  get(conversationId: ConversationId): ConversationMemory | undefined {
    const held = this.#memories.get(conversationId);
    if (held === undefined) return undefined;
    this.#memories.delete(conversationId);
    this.#keys += held.memory.size - held.size;
    this.#memories.set(conversationId, { ...held, size: held.memory.size });
    return held.memory;
  }

  set(conversationId: ConversationId, partition: number, memory: ConversationMemory): void {
    this.#memories.set(conversationId, { partition, memory, size: memory.size });
    this.#keys += memory.size;
  }

  #shrink(): void {
    for (const [conversationId, { size }] of this.#memories) {
      if (this.#keys <= this.#maxKeys) return;
      this.#drop(conversationId, size);
    }
  }

  #drop(conversationId: ConversationId, size: number): void {
    this.#memories.delete(conversationId);
    this.#keys -= size;
  }
}
