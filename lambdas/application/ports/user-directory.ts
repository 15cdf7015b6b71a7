import type { Profile } from '../../../core/contract/users.ts';

/** Finds users by the beginning of a user id, first or last name. Throws StoreUnavailableError while Cassandra is away. */
export interface UserDirectory {
  /** Lets the user be found. Doing it again changes nothing. */
  add(profile: Profile): Promise<void>;
  /** Lets the user be found under its new names, and no longer under those that it had before. */
  replace(before: Profile, after: Profile): Promise<void>;
  /**
   * The users found by what was typed, in order of the name that matches, each once. A change that was broken off half
   * way may have left a name behind that the user no longer has: check before showing.
   */
  search(query: string, limit: number): Promise<readonly Profile[]>;
}
