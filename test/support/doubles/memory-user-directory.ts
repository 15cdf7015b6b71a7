import type { Profile } from '../../../core/contract/users.ts';
import { searchKeysOf, searchRangeOf } from '../../../core/domain/name-search.ts';
import type { UserDirectory } from '../../../lambdas/application/ports/user-directory.ts';

/** The search for users in memory, row by row as the table has them. */
export class MemoryUserDirectory implements UserDirectory {
  readonly #rows = new Map<string, { prefix: string; name: string; profile: Profile }>();

  async add(profile: Profile): Promise<void> {
    for (const key of searchKeysOf(profile)) {
      this.#rows.set(`${key.prefix}\n${key.name}\n${profile.userId}`, { ...key, profile });
    }
  }

  async replace(before: Profile, after: Profile): Promise<void> {
    for (const key of searchKeysOf(before)) this.#rows.delete(`${key.prefix}\n${key.name}\n${before.userId}`);
    await this.add(after);
  }

  async search(query: string, limit: number): Promise<readonly Profile[]> {
    const range = searchRangeOf(query);
    if (!range) return [];
    const rows = [...this.#rows.values()]
      .filter(({ prefix, name }) => prefix === range.prefix && name.startsWith(range.from))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    return [...new Map(rows.map(({ profile }) => [profile.userId, profile])).values()].slice(0, limit);
  }
}
