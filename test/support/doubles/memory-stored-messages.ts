import type { ConversationId, MessageId, UserId } from '../../../core/contract/ids.ts';
import { UNREAD_COUNT_MAX } from '../../../core/contract/limits.ts';
import type { Message } from '../../../core/contract/messages.ts';
import type { ConversationHeads } from '../../../lambdas/application/ports/conversation-heads.ts';
import type { UnreadMessages } from '../../../lambdas/application/ports/unread-messages.ts';
import type { MemoryMessageStore } from './memory-message-store.ts';

/** Heads and unread counts of what a MemoryMessageStore holds; the same suite runs against it and against Cassandra. */
export class MemoryStoredMessages implements ConversationHeads, UnreadMessages {
  readonly #messages: MemoryMessageStore;

  constructor(messages: MemoryMessageStore) {
    this.#messages = messages;
  }

  async headOf(conversationId: ConversationId): Promise<Message | undefined> {
    return this.#messages.heads.get(conversationId);
  }

  async countAfter(
    reader: UserId,
    conversationId: ConversationId,
    after: MessageId | undefined,
  ): Promise<number> {
    const { messages } = await this.#messages.following(conversationId, {
      after: after ?? '',
      before: undefined,
      limit: Number.POSITIVE_INFINITY,
    });
    return Math.min(messages.filter(({ sender }) => sender !== reader).length, UNREAD_COUNT_MAX);
  }
}
