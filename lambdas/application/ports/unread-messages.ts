import type { ConversationId, MessageId, UserId } from '../../../core/contract/ids.ts';

/** Counts what a user has not read. */
export interface UnreadMessages {
  /**
   * How many messages of others stand after `after` (undefined: in the whole conversation), counted up to UNREAD_COUNT_MAX.
   *
   * @throws {StoreUnavailableError} if Cassandra is away
   */
  countAfter(reader: UserId, conversationId: ConversationId, after: MessageId | undefined): Promise<number>;
}
