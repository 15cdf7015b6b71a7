import type { EmailId, UserId } from '../../../core/contract/ids.ts';
import type { Profile } from '../../../core/contract/users.ts';

/** A user, whole. */
export interface User {
  readonly userId: UserId;
  readonly emailId: EmailId;
  readonly firstName: string;
  readonly lastName: string;
  /** An https address; absent: the initials are drawn. */
  readonly avatar?: string;
  /** A PHC string, `$argon2id$v=19$…`. */
  readonly passwordHash: string;
  readonly createdAt: Date;
}

/** What of a user everybody may see. */
export function profileOf({ userId, firstName, lastName, avatar }: User): Profile {
  return { userId, firstName, lastName, ...(avatar === undefined ? {} : { avatar }) };
}

/**
 * The users, where the truth about them is. Somebody exists once the claim to the user id is confirmed: a row that a
 * sign-up left behind half way is nobody. Every method throws StoreUnavailableError while Cassandra is away.
 */
export interface Users {
  find(userId: UserId): Promise<User | undefined>;
  findByEmail(emailId: EmailId): Promise<User | undefined>;
  /** Writes the whole row, so that nothing of an earlier attempt at the same user id is left in it. */
  write(user: User): Promise<void>;
  writeProfile(user: Profile): Promise<void>;
  writePasswordHash(userId: UserId, passwordHash: string): Promise<void>;
}
