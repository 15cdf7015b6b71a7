import type { UserId } from '../../../core/contract/ids.ts';
import { SEARCH_RESULTS_MAX } from '../../../core/contract/limits.ts';
import type { Profile } from '../../../core/contract/users.ts';
import { isFoundBy } from '../../../core/domain/name-search.ts';
import type { Profiles } from '../ports/profiles.ts';
import { orProblem } from '../ports/store-errors.ts';
import type { UserDirectory } from '../ports/user-directory.ts';

interface Parts {
  readonly profiles: Profiles;
  readonly userDirectory: UserDirectory;
}

/** Users by the beginning of a name, or by their ids. @throws {Problem} directory_unavailable */
export function searchUsers(
  parts: Parts,
  { query, ids }: { readonly query?: string | undefined; readonly ids?: readonly UserId[] | undefined },
): Promise<readonly Profile[]> {
  return orProblem('directory_unavailable', async () => {
    if (query === undefined) return [...(await parts.profiles.profilesOf(ids ?? [])).values()];
    const found = await parts.userDirectory.search(query, SEARCH_RESULTS_MAX);
    // Shown as they are now; a name that a broken-off change left behind finds nobody.
    const present = await parts.profiles.profilesOf(found.map(({ userId }) => userId));
    return found.flatMap(({ userId }) => {
      const profile = present.get(userId);
      return profile && isFoundBy(profile, query) ? [profile] : [];
    });
  });
}
