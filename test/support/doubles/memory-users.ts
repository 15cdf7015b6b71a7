import type { EmailId, UserId } from '../../../core/contract/ids.ts';
import type { Profile } from '../../../core/contract/users.ts';
import type { Claims } from '../../../lambdas/application/ports/claims.ts';
import type { User, Users } from '../../../lambdas/application/ports/users.ts';

/** Users in memory; who exists is decided by the claims. */
export class MemoryUsers implements Users {
  readonly #rows = new Map<UserId, User>();
  readonly #claims: Claims;

  constructor(claims: Claims) {
    this.#claims = claims;
  }

  async find(userId: UserId): Promise<User | undefined> {
    const holder = await this.#claims.holderOf('user-id', userId);
    return holder?.confirmed ? this.#rows.get(userId) : undefined;
  }

  async findByEmail(emailId: EmailId): Promise<User | undefined> {
    const holder = await this.#claims.holderOf('email', emailId);
    const user = holder?.confirmed ? await this.find(holder.owner) : undefined;
    return user?.emailId === emailId ? user : undefined;
  }

  async write(user: User): Promise<void> {
    this.#rows.set(user.userId, user);
  }

  async writeProfile(profile: Profile): Promise<void> {
    const row = this.#rows.get(profile.userId);
    if (!row) return;
    const { avatar: _avatar, ...rest } = row;
    const { userId, firstName, lastName, avatar } = profile;
    this.#rows.set(userId, { ...rest, firstName, lastName, ...(avatar === undefined ? {} : { avatar }) });
  }

  async writePasswordHash(userId: UserId, passwordHash: string): Promise<void> {
    const row = this.#rows.get(userId);
    if (row) this.#rows.set(userId, { ...row, passwordHash });
  }
}
