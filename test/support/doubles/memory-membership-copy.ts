import type { ConversationId, UserId } from '../../../core/contract/ids.ts';
import type { CopiedMembership, MembershipCopy } from '../../../lambdas/application/ports/membership-copy.ts';
import { isNewer } from './memory-membership-store.ts';

/** The copy of memberships in memory; the same suite runs against it and against DynamoDB. */
export class MemoryMembershipCopy implements MembershipCopy {
  readonly #items = new Map<string, CopiedMembership>();

  async find(userId: UserId, conversationId: ConversationId): Promise<CopiedMembership | undefined> {
    return this.#items.get(`${userId} ${conversationId}`);
  }

  async listOf(userId: UserId): Promise<readonly CopiedMembership[]> {
    return [...this.#items.values()]
      .filter((item) => item.userId === userId)
      .sort((one, other) => (one.conversationId < other.conversationId ? -1 : 1));
  }

  async write(membership: CopiedMembership): Promise<void> {
    const key = `${membership.userId} ${membership.conversationId}`;
    const known = this.#items.get(key);
    if (known === undefined || isNewer(membership, known)) this.#items.set(key, membership);
  }
}
