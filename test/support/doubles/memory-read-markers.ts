import type { ConversationId, MessageId, UserId } from '../../../core/contract/ids.ts';
import type { ReadMarkers } from '../../../lambdas/application/ports/read-markers.ts';

/** Read markers in memory; the same suite runs against it and against Cassandra. */
export class MemoryReadMarkers implements ReadMarkers {
  readonly #markers = new Map<UserId, Map<ConversationId, MessageId>>();

  async find(userId: UserId, conversationId: ConversationId): Promise<MessageId | undefined> {
    return this.#markers.get(userId)?.get(conversationId);
  }

  async listOf(userId: UserId): Promise<ReadonlyMap<ConversationId, MessageId>> {
    return new Map(this.#markers.get(userId));
  }

  async move(userId: UserId, conversationId: ConversationId, messageId: MessageId): Promise<void> {
    const markers = this.#markers.get(userId) ?? new Map<ConversationId, MessageId>();
    if ((markers.get(conversationId) ?? '') < messageId) markers.set(conversationId, messageId);
    this.#markers.set(userId, markers);
  }
}
