import type { UserId } from '../../../core/contract/ids.ts';
import type { Profile } from '../../../core/contract/users.ts';

/** Public profiles by user id: the identity cache first, then Cassandra. */
export interface Profiles {
  /**
   * The profiles of those that exist; unknown ids are absent.
   *
   * @throws {StoreUnavailableError} if an id is not in the cache and Cassandra is away
   */
  profilesOf(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Profile>>;
}
