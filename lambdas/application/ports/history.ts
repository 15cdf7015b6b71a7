import type { ConversationId, MessageId } from '../../../core/contract/ids.ts';
import type { Message } from '../../../core/contract/messages.ts';

export interface HistoryPage {
  /** Ascending. */
  readonly messages: readonly Message[];
  /** Whether there are older ones before the first. */
  readonly hasOlder: boolean;
  /** Whether there are newer ones after the last. */
  readonly hasNewer: boolean;
  readonly storedThrough: MessageId | undefined;
}

/** Reads what is stored. Both throw StoreUnavailableError while the database is away. */
export interface History {
  /** The newest `limit` messages, older than `before` if it is given. */
  newest(
    conversationId: ConversationId,
    options: { before: MessageId | undefined; limit: number },
  ): Promise<HistoryPage>;
  /** The oldest `limit` messages newer than `after`, and older than `before` if it is given. */
  following(
    conversationId: ConversationId,
    options: { after: MessageId; before: MessageId | undefined; limit: number },
  ): Promise<HistoryPage>;
}
