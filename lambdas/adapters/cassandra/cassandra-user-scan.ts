import type { UserId } from '../../../core/contract/ids.ts';
import type { UserScan } from '../../application/ports/user-scan.ts';
import type { Cassandra } from './cassandra.ts';

/** The smallest token of Murmur3Partitioner, which no row has. */
const BEFORE_ALL_TOKENS = -(2n ** 63n);
/** A page of a scan touches every node and may take its time; nobody waits for it. */
const TIMEOUT_MS = 10_000;

/** Walks through users in the order of their partitions' tokens. */
export class CassandraUserScan implements UserScan {
  readonly #cassandra: Cassandra;

  constructor(cassandra: Cassandra) {
    this.#cassandra = cassandra;
  }

  async usersAfter(
    position: bigint | undefined,
    limit: number,
  ): Promise<{ readonly userIds: readonly UserId[]; readonly next: bigint | undefined }> {
    const rows = await this.#cassandra.execute(
      'SELECT user_id, token(user_id) AS position FROM users_by_id WHERE token(user_id) > ? LIMIT ?',
      [position ?? BEFORE_ALL_TOKENS, limit],
      { timeoutMs: TIMEOUT_MS },
    );
    return {
      userIds: rows.map((row) => row.user_id as string),
      next: rows.length < limit ? undefined : (rows.at(-1)?.position as bigint),
    };
  }
}
