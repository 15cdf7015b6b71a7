import type { EmailId, UserId } from '../../../core/contract/ids.ts';
import type { User } from './users.ts';

/** Who signs in: a user id, or an e-mail address if it has an @. */
export type Login = UserId | EmailId;

/** A user, and whether it comes from the truth or from the cache. */
export interface FoundIdentity {
  readonly user: User | undefined;
  readonly source: 'cache' | 'truth';
}

/** Users by way of the cache: asked first, filled on a miss, written through on every change. */
export interface Identities {
  /** @throws {StoreUnavailableError} if the cache does not know and Cassandra is away */
  find(userId: UserId): Promise<User | undefined>;
  /** @throws {StoreUnavailableError} if the cache does not know and Cassandra is away */
  findByLogin(login: Login): Promise<FoundIdentity>;
  /** Past the cache. @throws {StoreUnavailableError} if Cassandra is away */
  findTruth(login: Login): Promise<User | undefined>;
  /** Lets the cache know a new user, if it can be reached. */
  remember(user: User): Promise<void>;
  /**
   * Changes a user, one change at a time: `make` gets the user as it truly is, writes the change to Cassandra and gives
   * the user as it is then. Undefined: there is no such user.
   *
   * @throws {StoreUnavailableError} if DynamoDB is away (nothing was changed: the cache would keep what is no longer
   *   true), Cassandra is away, or another change of this user does not come to an end
   */
  change(userId: UserId, make: (user: User) => Promise<User>): Promise<User | undefined>;
}
