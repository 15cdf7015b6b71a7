import { USERS_BY_ID_MAX } from '../../../../core/contract/limits.ts';
import type { PeopleService } from '../services.ts';
import { peopleLearned } from '../state/people-slice.ts';
import type { UserContext } from './user-context.ts';

/** Ids asked for within so long go into one request. */
const GATHER_MS = 30;
/** Profiles change seldom; one that was read so long ago is read again when it is next needed. */
const FRESH_FOR_MS = 10 * 60_000;
const RETRY_AFTER_MS = 10_000;

/** Learns profiles in batches, each at most once in a while. */
export class PeopleLoader implements PeopleService {
  readonly #context: UserContext;
  /** When each id may be asked for again, ms since the epoch. */
  readonly #askAgainAt = new Map<string, number>();
  #wanted = new Set<string>();

  constructor(context: UserContext) {
    this.#context = context;
  }

  ensure(userIds: readonly string[]): void {
    const now = Date.now();
    for (const userId of userIds) {
      if ((this.#askAgainAt.get(userId) ?? 0) > now) continue;
      if (this.#wanted.size === 0) this.#context.scope.after(GATHER_MS, () => void this.#read());
      this.#askAgainAt.set(userId, now + FRESH_FOR_MS);
      this.#wanted.add(userId);
    }
  }

  async #read(): Promise<void> {
    const wanted = [...this.#wanted];
    this.#wanted = new Set();
    for (let at = 0; at < wanted.length; at += USERS_BY_ID_MAX) {
      const ids = wanted.slice(at, at + USERS_BY_ID_MAX);
      try {
        const { users } = await this.#context.call('search-users', { query: { ids: ids.join(',') } });
        if (!this.#context.scope.ended) this.#context.store.dispatch(peopleLearned(users));
      } catch {
        // Names fall back to user ids meanwhile.
        for (const id of ids) this.#askAgainAt.delete(id);
        this.#context.scope.after(RETRY_AFTER_MS, () => this.ensure(ids));
      }
    }
  }
}
