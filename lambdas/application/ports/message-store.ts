import type { ConversationId, MessageId, Nonce, UserId } from '../../../core/contract/ids.ts';
import type { Message } from '../../../core/contract/messages.ts';
import type { Bucket } from '../../../core/domain/bucket.ts';
import type { MessageEdit } from '../../../core/domain/message-edit.ts';

/** The key under which all copies of a message are one. */
export interface MessageKey {
  readonly sender: UserId;
  readonly nonce: Nonce;
}

export interface StoredKey extends MessageKey {
  readonly messageId: MessageId;
}

/** The newest part of a conversation as it is stored. */
export interface ConversationTail {
  readonly lastBucket: Bucket | undefined;
  /** Newest first, at most REMEMBERED_NONCES. */
  readonly newest: readonly StoredKey[];
}

/** Of one conversation. */
export interface Overview {
  /** How many messages each of these has now, through which. */
  readonly buckets: readonly Bucket[];
  /** The last message, in its newest version. */
  readonly head: Message | undefined;
}

/**
 * Writes of the store function. All are idempotent. All throw StoreUnavailableError (try again) or StoreRefusalError
 * (never).
 */
export interface MessageStore {
  tailOf(conversationId: ConversationId): Promise<ConversationTail>;
  /** The bucket that an older message belongs to; undefined if it is older than all of them. */
  bucketAt(conversationId: ConversationId, messageId: MessageId): Promise<Bucket | undefined>;
  /** The oldest stored message of this key between `after` and `before`, neither included. */
  findCopy(
    conversationId: ConversationId,
    key: MessageKey,
    range: { after: MessageId | undefined; before: MessageId },
  ): Promise<MessageId | undefined>;
  /** At most BATCH_MAX_STATEMENTS messages of one bucket. */
  writeMessages(
    conversationId: ConversationId,
    bucketNumber: number,
    messages: readonly Message[],
  ): Promise<void>;
  /** The message as it is stored; undefined if the bucket has none of this id. */
  findMessage(
    conversationId: ConversationId,
    bucketNumber: number,
    messageId: MessageId,
  ): Promise<Message | undefined>;
  /**
   * At most BATCH_MAX_STATEMENTS edits of messages of one bucket, which are there. An older edit never undoes a newer one, nor
   * does a message that is written again.
   */
  writeEdits(
    conversationId: ConversationId,
    bucketNumber: number,
    edits: readonly MessageEdit[],
  ): Promise<void>;
  /** Makes the bucket known to readers, before it has messages. */
  openBucket(conversationId: ConversationId, bucket: Bucket): Promise<void>;
  /** What readers find their way by, of one conversation: an older count or head never undoes a newer one. */
  writeOverview(conversationId: ConversationId, overview: Overview): Promise<void>;
  /** Whether writes are taken at all: a refusal is a message's own fault only if they are. */
  acceptsWrites(): Promise<boolean>;
}
