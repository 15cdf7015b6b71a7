import type { ConversationId, UserId } from '../../../core/contract/ids.ts';
import type { Membership, MembershipStore } from '../../../lambdas/application/ports/membership-store.ts';

/** The tables of memberships in memory; the same suite runs against it and against Cassandra. */
export class MemoryMembershipStore implements MembershipStore {
  readonly #rows = new Map<string, Membership>();

  async find(userId: UserId, conversationId: ConversationId): Promise<Membership | undefined> {
    return this.#rows.get(keyOf({ userId, conversationId }));
  }

  async listOf(userId: UserId): Promise<readonly Membership[]> {
    return this.#all(
      (membership) => membership.userId === userId,
      ({ conversationId }) => conversationId,
    );
  }

  async joinedAmong(
    userId: UserId,
    conversationIds: readonly ConversationId[],
  ): Promise<ReadonlySet<ConversationId>> {
    return new Set(
      conversationIds.filter(
        (conversationId) => this.#rows.get(keyOf({ userId, conversationId }))?.state === 'joined',
      ),
    );
  }

  async membersOf(
    conversationId: ConversationId,
    { after = '', limit }: { after: UserId | undefined; limit: number },
  ): Promise<readonly UserId[]> {
    return this.#all(
      (row) => row.conversationId === conversationId && row.state === 'joined' && row.userId > after,
      ({ userId }) => userId,
    )
      .slice(0, limit)
      .map(({ userId }) => userId);
  }

  async write(membership: Membership): Promise<void> {
    const known = this.#rows.get(keyOf(membership));
    if (known === undefined || isNewer(membership, known)) this.#rows.set(keyOf(membership), membership);
  }

  #all(wanted: (row: Membership) => boolean, order: (row: Membership) => string): Membership[] {
    return [...this.#rows.values()].filter(wanted).sort((one, other) => (order(one) < order(other) ? -1 : 1));
  }
}

/** Of two with the same version the one that left counts. */
export function isNewer(one: Membership, other: Membership): boolean {
  return one.version > other.version || (one.version === other.version && one.state === 'left');
}

function keyOf({ userId, conversationId }: Pick<Membership, 'userId' | 'conversationId'>): string {
  return `${userId} ${conversationId}`;
}
