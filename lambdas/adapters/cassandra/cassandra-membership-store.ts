import type { ConversationId, UserId } from '../../../core/contract/ids.ts';
import type { Membership, MembershipStore } from '../../application/ports/membership-store.ts';
import type { Cassandra, Row } from './cassandra.ts';

const COLUMNS = 'conversation_id, joined_at, left_at, version';
const PAGE = 1_000;
/** Amazon Keyspaces takes client timestamps from two days back at most (AWS: "Use client-side timestamps in queries"). */
const KEYSPACES_OLDEST_TIMESTAMP_MS = 47 * 60 * 60_000;

/**
 * Memberships in Cassandra. The write timestamp of every cell is the membership's version, so whatever order writes of
 * several functions arrive in, the newest version stands in the end. A row is never emptied: who leaves and comes again
 * has both times, and the later one decides.
 */
export class CassandraMembershipStore implements MembershipStore {
  readonly #cassandra: Cassandra;

  constructor(cassandra: Cassandra) {
    this.#cassandra = cassandra;
  }

  async find(
    userId: UserId,
    conversationId: ConversationId,
    options: { timeoutMs?: number } = {},
  ): Promise<Membership | undefined> {
    const [row] = await this.#cassandra.execute(
      `SELECT ${COLUMNS} FROM conversations_by_user WHERE user_id = ? AND conversation_id = ?`,
      [userId, conversationId],
      options,
    );
    return row === undefined ? undefined : membershipOf(userId, row);
  }

  async listOf(userId: UserId): Promise<readonly Membership[]> {
    const memberships: Membership[] = [];
    let after: ConversationId = '';
    for (;;) {
      const rows = await this.#cassandra.execute(
        `SELECT ${COLUMNS} FROM conversations_by_user WHERE user_id = ? AND conversation_id > ? LIMIT ?`,
        [userId, after, PAGE],
      );
      memberships.push(...rows.map((row) => membershipOf(userId, row)));
      const last = memberships.at(-1);
      if (rows.length < PAGE || last === undefined) return memberships;
      after = last.conversationId;
    }
  }

  async joinedAmong(
    userId: UserId,
    conversationIds: readonly ConversationId[],
  ): Promise<ReadonlySet<ConversationId>> {
    if (conversationIds.length === 0) return new Set();
    const rows = await this.#cassandra.execute(
      `SELECT ${COLUMNS} FROM conversations_by_user WHERE user_id = ? AND conversation_id IN ?`,
      [userId, conversationIds],
    );
    const joined = rows.map((row) => membershipOf(userId, row)).filter(({ state }) => state === 'joined');
    return new Set(joined.map(({ conversationId }) => conversationId));
  }

  async membersOf(
    conversationId: ConversationId,
    { after, limit }: { after: UserId | undefined; limit: number },
  ): Promise<readonly UserId[]> {
    const rows = await this.#cassandra.execute(
      'SELECT user_id FROM members_by_conversation WHERE conversation_id = ? AND user_id > ? LIMIT ?',
      [conversationId, after ?? '', limit],
    );
    return rows.map((row) => row.user_id as string);
  }

  async write(membership: Membership): Promise<void> {
    if (membership.state === 'joined') await this.#join(membership);
    else await this.#leave(membership);
  }

  async #join({ userId, conversationId, version, joinedAt }: Membership): Promise<void> {
    const timestamp = this.#timestampOf(version);
    await this.#cassandra.execute(
      'INSERT INTO members_by_conversation (conversation_id, user_id, joined_at, version) VALUES (?, ?, ?, ?) USING TIMESTAMP ?',
      [conversationId, userId, joinedAt, BigInt(version), timestamp],
    );
    await this.#cassandra.execute(
      'INSERT INTO conversations_by_user (user_id, conversation_id, joined_at, version) VALUES (?, ?, ?, ?) USING TIMESTAMP ?',
      [userId, conversationId, joinedAt, BigInt(version), timestamp],
    );
  }

  async #leave({ userId, conversationId, version, joinedAt }: Membership): Promise<void> {
    const timestamp = this.#timestampOf(version);
    await this.#cassandra.execute(
      'INSERT INTO conversations_by_user (user_id, conversation_id, joined_at, left_at, version) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?',
      [userId, conversationId, joinedAt, new Date(version), BigInt(version), timestamp],
    );
    await this.#cassandra.execute(
      'DELETE FROM members_by_conversation USING TIMESTAMP ? WHERE conversation_id = ? AND user_id = ?',
      [timestamp, conversationId, userId],
    );
  }

  /** Microseconds, Cassandra's unit. */
  #timestampOf(version: number): bigint {
    const oldest = this.#cassandra.dialect === 'keyspaces' ? Date.now() - KEYSPACES_OLDEST_TIMESTAMP_MS : 0;
    return BigInt(Math.max(version, oldest)) * 1_000n;
  }
}

function membershipOf(userId: UserId, row: Row): Membership {
  const joinedAt = row.joined_at as Date;
  const leftAt = row.left_at as Date | null;
  return {
    userId,
    conversationId: row.conversation_id as string,
    state: leftAt === null || joinedAt > leftAt ? 'joined' : 'left',
    version: Number(row.version as bigint),
    joinedAt,
  };
}
