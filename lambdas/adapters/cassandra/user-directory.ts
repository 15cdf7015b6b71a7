import type { UserId } from '../../../core/contract/ids.ts';
import type { Profile } from '../../../core/contract/users.ts';
import {
  SEARCH_NAMES_MAX,
  type SearchKey,
  searchKeysOf,
  searchRangeOf,
} from '../../../core/domain/name-search.ts';
import type { UserDirectory } from '../../application/ports/user-directory.ts';
import type { Cassandra } from './cassandra.ts';

/** The search for users in `users_by_name_prefix`: a row for each name and each of its first 1 to 3 characters. */
export class CassandraUserDirectory implements UserDirectory {
  readonly #cassandra: Cassandra;

  constructor(cassandra: Cassandra) {
    this.#cassandra = cassandra;
  }

  async add(profile: Profile): Promise<void> {
    await Promise.all(searchKeysOf(profile).map((key) => this.#insert(key, profile)));
  }

  async replace(before: Profile, after: Profile): Promise<void> {
    await this.add(after);
    const kept = new Set(searchKeysOf(after).map(textOf));
    const stale = searchKeysOf(before).filter((key) => !kept.has(textOf(key)));
    await Promise.all(stale.map((key) => this.#delete(key, before.userId)));
  }

  async search(query: string, limit: number): Promise<readonly Profile[]> {
    const range = searchRangeOf(query);
    if (!range) return [];
    // A user may match under each of its names, so this many rows hold `limit` users if there are as many.
    const rows = await this.#cassandra.execute(
      'SELECT user_id, first_name, last_name, avatar FROM users_by_name_prefix WHERE prefix = ? AND name >= ? AND name <= ? LIMIT ?',
      [range.prefix, range.from, range.to, limit * SEARCH_NAMES_MAX],
    );
    const found = new Map<UserId, Profile>();
    for (const row of rows) {
      if (found.has(row.user_id)) continue;
      found.set(row.user_id, {
        userId: row.user_id,
        firstName: row.first_name,
        lastName: row.last_name,
        ...(row.avatar ? { avatar: row.avatar } : {}),
      });
    }
    return [...found.values()].slice(0, limit);
  }

  async #insert(
    { prefix, name }: SearchKey,
    { userId, firstName, lastName, avatar }: Profile,
  ): Promise<void> {
    await this.#cassandra.execute(
      'INSERT INTO users_by_name_prefix (prefix, name, user_id, first_name, last_name, avatar) VALUES (?, ?, ?, ?, ?, ?)',
      [prefix, name, userId, firstName, lastName, avatar ?? ''],
    );
  }

  async #delete({ prefix, name }: SearchKey, userId: UserId): Promise<void> {
    await this.#cassandra.execute(
      'DELETE FROM users_by_name_prefix WHERE prefix = ? AND name = ? AND user_id = ?',
      [prefix, name, userId],
    );
  }
}

/** Neither part holds a line break: normalising makes it a space. */
function textOf({ prefix, name }: SearchKey): string {
  return `${prefix}\n${name}`;
}
