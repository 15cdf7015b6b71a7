import type { ConversationId, MessageId, UserId } from '../../../core/contract/ids.ts';

/**
 * Up to where a user has read each conversation. A marker only moves forward. Every method throws StoreUnavailableError
 * while Cassandra is away.
 */
export interface ReadMarkers {
  find(userId: UserId, conversationId: ConversationId): Promise<MessageId | undefined>;
  listOf(userId: UserId): Promise<ReadonlyMap<ConversationId, MessageId>>;
  /** Moves the marker to the message; where it stands there or further on already, nothing changes. */
  move(userId: UserId, conversationId: ConversationId, messageId: MessageId): Promise<void>;
}
