import type { Credentials } from '../../../lambdas/application/ports/credentials.ts';
import type { DatabaseRoles } from '../../../lambdas/application/ports/database-roles.ts';
import { StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';

/** The roles of a cluster, by their passwords. */
export class MemoryRoles implements DatabaseRoles {
  readonly passwords: Record<string, string>;
  readonly superusers: Set<string>;
  nodes = 3;
  hasTables = false;
  /** Calls that find the nodes away, from now on. */
  away = 0;
  refusing = false;

  constructor(passwords: Record<string, string>, superusers: readonly string[]) {
    this.passwords = { ...passwords };
    this.superusers = new Set(superusers);
  }

  async accepts({ username, password }: Credentials): Promise<boolean> {
    if (this.away > 0) {
      this.away -= 1;
      throw new StoreUnavailableError('cassandra', 'away');
    }
    return !this.refusing && this.passwords[username] === password;
  }

  async countNodes(as: Credentials): Promise<number> {
    await this.#assertSuperuser(as);
    return this.nodes;
  }

  async putSuperuser(as: Credentials, { username, password }: Credentials): Promise<void> {
    await this.#assertSuperuser(as);
    this.passwords[username] = password;
    this.superusers.add(username);
  }

  async putApplicationRole(as: Credentials, { username, password }: Credentials): Promise<void> {
    await this.#assertSuperuser(as);
    this.passwords[username] = password;
  }

  async ensureTables(as: Credentials): Promise<void> {
    await this.#assertSuperuser(as);
    this.hasTables = true;
  }

  async drop(as: Credentials, username: string): Promise<void> {
    await this.#assertSuperuser(as);
    delete this.passwords[username];
    this.superusers.delete(username);
  }

  async #assertSuperuser(as: Credentials): Promise<void> {
    if (!(await this.accepts(as)) || !this.superusers.has(as.username)) throw new Error('refused');
  }
}
