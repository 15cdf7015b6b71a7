import type { ConversationId, MessageId } from '../../../core/contract/ids.ts';
import { REMEMBERED_NONCES } from '../../../core/contract/limits.ts';
import type { Message } from '../../../core/contract/messages.ts';
import type { Bucket } from '../../../core/domain/bucket.ts';
import { type MessageEdit, versionOf, withEdit } from '../../../core/domain/message-edit.ts';
import type { History, HistoryPage } from '../../../lambdas/application/ports/history.ts';
import type {
  ConversationTail,
  MessageKey,
  MessageStore,
  Overview,
} from '../../../lambdas/application/ports/message-store.ts';

/** The message tables in memory, for unit tests; the same suite runs against it and against Cassandra. */
export class MemoryMessageStore implements MessageStore, History {
  readonly #rows = new Map<string, { bucket: number; message: Message }>();
  readonly #buckets = new Map<ConversationId, Bucket[]>();
  readonly heads = new Map<ConversationId, Message>();

  async tailOf(conversationId: ConversationId): Promise<ConversationTail> {
    const newest = this.#messagesOf(conversationId).reverse().slice(0, REMEMBERED_NONCES);
    return { lastBucket: this.#bucketsOf(conversationId).at(-1), newest };
  }

  async bucketAt(conversationId: ConversationId, messageId: MessageId): Promise<Bucket | undefined> {
    return this.#bucketsOf(conversationId).findLast(({ firstId }) => firstId <= messageId);
  }

  async findCopy(
    conversationId: ConversationId,
    key: MessageKey,
    { after = '', before }: { after: MessageId | undefined; before: MessageId },
  ): Promise<MessageId | undefined> {
    return this.#messagesOf(conversationId).find(
      ({ messageId, sender, nonce }) =>
        messageId > after && messageId < before && sender === key.sender && nonce === key.nonce,
    )?.messageId;
  }

  async writeMessages(
    conversationId: ConversationId,
    bucket: number,
    messages: readonly Message[],
  ): Promise<void> {
    for (const message of messages) {
      const key = `${conversationId} ${bucket} ${message.messageId}`;
      const edited = this.#rows.get(key)?.message.edit === undefined ? undefined : this.#rows.get(key);
      this.#rows.set(key, edited ?? { bucket, message });
    }
  }

  async findMessage(conversationId: ConversationId, bucket: number, messageId: MessageId) {
    return this.#rows.get(`${conversationId} ${bucket} ${messageId}`)?.message;
  }

  async writeEdits(
    conversationId: ConversationId,
    bucket: number,
    edits: readonly MessageEdit[],
  ): Promise<void> {
    for (const edit of edits) {
      const key = `${conversationId} ${bucket} ${edit.messageId}`;
      const row = this.#rows.get(key);
      if (row !== undefined) this.#rows.set(key, { bucket, message: withEdit(row.message, edit) });
    }
  }

  async openBucket(conversationId: ConversationId, { number, firstId }: Bucket): Promise<void> {
    const known = this.#bucketsOf(conversationId).find((bucket) => bucket.firstId === firstId);
    this.#put(conversationId, {
      count: known?.count ?? 0,
      throughId: known?.throughId ?? '',
      number,
      firstId,
    });
  }

  async writeOverview(conversationId: ConversationId, { buckets, head }: Overview): Promise<void> {
    for (const bucket of buckets) {
      const known = this.#bucketsOf(conversationId).find(({ firstId }) => firstId === bucket.firstId);
      if (known === undefined || bucket.throughId >= known.throughId) this.#put(conversationId, bucket);
    }
    const known = this.heads.get(conversationId);
    if (head !== undefined && (known === undefined || versionOf(known) <= versionOf(head)))
      this.heads.set(conversationId, head);
  }

  async acceptsWrites(): Promise<boolean> {
    return true;
  }

  async newest(
    conversationId: ConversationId,
    { before = '~', limit }: { before: MessageId | undefined; limit: number },
  ): Promise<HistoryPage> {
    const all = this.#messagesOf(conversationId).filter(({ messageId }) => messageId < before);
    return {
      messages: all.slice(-limit),
      hasOlder: all.length > limit,
      hasNewer: before !== '~',
      storedThrough: before === '~' ? all.at(-1)?.messageId : undefined,
    };
  }

  async following(
    conversationId: ConversationId,
    { after, before = '~', limit }: { after: MessageId; before: MessageId | undefined; limit: number },
  ): Promise<HistoryPage> {
    const all = this.#messagesOf(conversationId).filter(
      ({ messageId }) => messageId > after && messageId < before,
    );
    return {
      messages: all.slice(0, limit),
      hasOlder: true,
      hasNewer: all.length > limit,
      storedThrough: before === '~' ? this.#messagesOf(conversationId).at(-1)?.messageId : undefined,
    };
  }

  /** As readers see it: ascending, rows outside their bucket's range left out. */
  #messagesOf(conversationId: ConversationId): Message[] {
    const buckets = this.#bucketsOf(conversationId);
    return [...this.#rows.values()]
      .filter(({ bucket, message }) => {
        const owner = buckets.findLast(({ firstId }) => firstId <= message.messageId);
        return message.conversationId === conversationId && owner?.number === bucket;
      })
      .map(({ message }) => message)
      .sort((one, other) => (one.messageId < other.messageId ? -1 : 1));
  }

  #bucketsOf(conversationId: ConversationId): Bucket[] {
    return this.#buckets.get(conversationId) ?? [];
  }

  #put(conversationId: ConversationId, bucket: Bucket): void {
    const others = this.#bucketsOf(conversationId).filter(({ firstId }) => firstId !== bucket.firstId);
    this.#buckets.set(
      conversationId,
      [...others, bucket].sort((one, other) => (one.firstId < other.firstId ? -1 : 1)),
    );
  }
}
