import type { ConversationId } from '../../../core/contract/ids.ts';
import type { Message } from '../../../core/contract/messages.ts';
import type { ConversationHeads } from '../../application/ports/conversation-heads.ts';
import { SharedReads } from './shared-reads.ts';

/** Heads that many ask for at the same moment are read once: every side bar of a workspace has the same channels. */
export class SharedConversationHeads implements ConversationHeads {
  readonly #heads: ConversationHeads;
  readonly #reads = new SharedReads<Message | undefined>();

  constructor(heads: ConversationHeads) {
    this.#heads = heads;
  }

  headOf(conversationId: ConversationId): Promise<Message | undefined> {
    return this.#reads.read(conversationId, () => this.#heads.headOf(conversationId));
  }
}
