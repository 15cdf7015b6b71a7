import type { ConversationId } from '../../../core/contract/ids.ts';
import type { Message } from '../../../core/contract/messages.ts';

/** The last message of each conversation, as the store function keeps it. */
export interface ConversationHeads {
  /**
   * Undefined in an empty conversation.
   *
   * @throws {StoreUnavailableError} if Cassandra is away
   */
  headOf(conversationId: ConversationId): Promise<Message | undefined>;
}
