import type { EmailId, UserId } from '../../../core/contract/ids.ts';
import type { Profile } from '../../../core/contract/users.ts';
import type { Claims } from '../../application/ports/claims.ts';
import type { User, Users } from '../../application/ports/users.ts';
import type { Cassandra, Row } from './cassandra.ts';

/** No picture: columns are never written as null, which would be a tombstone. */
const NO_AVATAR = '';

/** Users in `users_by_id`; who exists is decided by the claims. */
export class CassandraUsers implements Users {
  readonly #cassandra: Cassandra;
  readonly #claims: Claims;

  constructor(cassandra: Cassandra, claims: Claims) {
    this.#cassandra = cassandra;
    this.#claims = claims;
  }

  async find(userId: UserId): Promise<User | undefined> {
    const [holder, [row]] = await Promise.all([
      this.#claims.holderOf('user-id', userId),
      this.#cassandra.execute(
        'SELECT user_id, email_id, first_name, last_name, password_hash, avatar, created_at FROM users_by_id WHERE user_id = ?',
        [userId],
      ),
    ]);
    return holder?.confirmed && row ? userIn(row) : undefined;
  }

  async findByEmail(emailId: EmailId): Promise<User | undefined> {
    const holder = await this.#claims.holderOf('email', emailId);
    // Asked even where nobody has the address: knowing it must not show in the time an answer takes.
    const user = await this.find(holder?.confirmed ? holder.owner : emailId);
    return user?.emailId === emailId ? user : undefined;
  }

  async write(user: User): Promise<void> {
    await this.#cassandra.execute(
      'INSERT INTO users_by_id (user_id, email_id, first_name, last_name, password_hash, avatar, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [
        user.userId,
        user.emailId,
        user.firstName,
        user.lastName,
        user.passwordHash,
        user.avatar ?? NO_AVATAR,
        user.createdAt,
      ],
    );
  }

  async writeProfile({ userId, firstName, lastName, avatar }: Profile): Promise<void> {
    await this.#cassandra.execute(
      'UPDATE users_by_id SET first_name = ?, last_name = ?, avatar = ? WHERE user_id = ?',
      [firstName, lastName, avatar ?? NO_AVATAR, userId],
    );
  }

  async writePasswordHash(userId: UserId, passwordHash: string): Promise<void> {
    await this.#cassandra.execute('UPDATE users_by_id SET password_hash = ? WHERE user_id = ?', [
      passwordHash,
      userId,
    ]);
  }
}

function userIn(row: Row): User {
  return {
    userId: row.user_id,
    emailId: row.email_id,
    firstName: row.first_name,
    lastName: row.last_name,
    ...(row.avatar ? { avatar: row.avatar } : {}),
    passwordHash: row.password_hash,
    createdAt: row.created_at,
  };
}
