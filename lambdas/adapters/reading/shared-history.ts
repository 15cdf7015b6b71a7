import type { ConversationId, MessageId } from '../../../core/contract/ids.ts';
import type { History, HistoryPage } from '../../application/ports/history.ts';
import { SharedReads } from './shared-reads.ts';

/**
 * Pages that many ask for at the same moment are read once: all who show a conversation ask for its newest page when they come back
 * after the same outage.
 */
export class SharedHistory implements History {
  readonly #history: History;
  readonly #pages = new SharedReads<HistoryPage>();

  constructor(history: History) {
    this.#history = history;
  }

  newest(
    conversationId: ConversationId,
    options: { before: MessageId | undefined; limit: number },
  ): Promise<HistoryPage> {
    const key = JSON.stringify(['newest', conversationId, options.before ?? null, options.limit]);
    return this.#pages.read(key, () => this.#history.newest(conversationId, options));
  }

  following(
    conversationId: ConversationId,
    options: { after: MessageId; before: MessageId | undefined; limit: number },
  ): Promise<HistoryPage> {
    const { after, before, limit } = options;
    const key = JSON.stringify(['following', conversationId, after, before ?? null, limit]);
    return this.#pages.read(key, () => this.#history.following(conversationId, options));
  }
}
