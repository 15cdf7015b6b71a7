import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { UserId } from '../../../core/contract/ids.ts';
import type { MetricName } from '../../../core/contract/metrics.ts';
import type { Profile } from '../../../core/contract/users.ts';
import type { FoundIdentity, Identities, Login } from '../../application/ports/identities.ts';
import type { CachedIdentity, IdentityCache } from '../../application/ports/identity-cache.ts';
import type { Profiles } from '../../application/ports/profiles.ts';
import { StoreUnavailableError } from '../../application/ports/store-errors.ts';
import { profileOf, type User, type Users } from '../../application/ports/users.ts';

/** Longer than any function may run (29 s), so that a change is broken off only when nobody can be making it. */
const CHANGE_MAX_MS = 35_000;
/** How long a change waits for another one of the same user. */
const CHANGE_TRIES = 10;
const CHANGE_PAUSE_MS = 100;

interface Parts {
  readonly users: Users;
  readonly cache: IdentityCache;
  readonly count: (metric: MetricName, value?: number) => void;
  readonly now?: () => number;
}

type Held = ReadonlyMap<UserId, CachedIdentity>;

/** The cache in front of the truth. With the cache away the truth answers, with the truth away the cache does. */
export class CachedIdentities implements Identities, Profiles {
  readonly #users: Users;
  readonly #cache: IdentityCache;
  readonly #count: Parts['count'];
  readonly #now: () => number;

  constructor({ users, cache, count, now = Date.now }: Parts) {
    this.#users = users;
    this.#cache = cache;
    this.#count = count;
    this.#now = now;
  }

  async find(userId: UserId): Promise<User | undefined> {
    const held = await unlessAway(() => this.#cache.find([userId]));
    return (await this.#complete(userId, held)).user;
  }

  async profilesOf(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Profile>> {
    if (userIds.length === 0) return new Map();
    const held = await unlessAway(() => this.#cache.find(userIds));
    const found = await Promise.all([...new Set(userIds)].map((userId) => this.#complete(userId, held)));
    return new Map(found.flatMap(({ user }) => (user ? [[user.userId, profileOf(user)] as const] : [])));
  }

  async findByLogin(login: Login): Promise<FoundIdentity> {
    if (!isEmail(login)) {
      const held = await unlessAway(() => this.#cache.find([login]));
      return this.#complete(login, held);
    }
    const pointer = await unlessAway(async () => ({ userId: await this.#cache.userIdOf(login) }));
    const userId = pointer?.userId;
    if (userId !== undefined) {
      const held = await unlessAway(() => this.#cache.find([userId]));
      return this.#complete(userId, held);
    }
    this.#count('IdentityCacheMisses');
    const user = await this.#users.findByEmail(login);
    if (user && pointer) await this.remember(user);
    return { user, source: 'truth' };
  }

  findTruth(login: Login): Promise<User | undefined> {
    return isEmail(login) ? this.#users.findByEmail(login) : this.#users.find(login);
  }

  async remember(user: User): Promise<void> {
    await unlessAway(() => this.#cache.fill(user, undefined, new Date(this.#now())));
  }

  async change(userId: UserId, make: (user: User) => Promise<User>): Promise<User | undefined> {
    const changeId = randomUUID();
    await this.#begin(userId, changeId);
    let changed: User | undefined;
    try {
      const user = await this.#users.find(userId);
      changed = user && (await make(user));
    } finally {
      if (!changed) await unlessAway(() => this.#cache.abandonChange(userId, changeId));
    }
    if (changed) await this.#cache.completeChange(changed, changeId);
    return changed;
  }

  async #begin(userId: UserId, changeId: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const now = this.#now();
      const change = { changeId, until: new Date(now + CHANGE_MAX_MS) };
      if (await this.#cache.beginChange(userId, change, new Date(now))) return;
      if (attempt === CHANGE_TRIES) {
        throw new StoreUnavailableError('dynamodb', 'another change of the user is under way');
      }
      await pause(CHANGE_PAUSE_MS);
    }
  }

  /** @param held what the cache holds, undefined while it is away */
  async #complete(userId: UserId, held: Held | undefined): Promise<FoundIdentity> {
    const cached = held?.get(userId);
    if (cached?.user && !cached.pendingChange) {
      this.#count('IdentityCacheHits');
      return { user: cached.user, source: 'cache' };
    }
    this.#count('IdentityCacheMisses');
    try {
      const user = await this.#users.find(userId);
      if (user && held) await unlessAway(() => this.#cache.fill(user, cached, new Date(this.#now())));
      return { user, source: 'truth' };
    } catch (error) {
      // In doubt, but nobody can say better: a change that was answered with success is not held back like this.
      if (error instanceof StoreUnavailableError && cached?.user)
        return { user: cached.user, source: 'cache' };
      throw error;
    }
  }
}

function isEmail(login: Login): boolean {
  return login.includes('@');
}

/** Undefined if the store is away. */
async function unlessAway<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreUnavailableError) return undefined;
    throw error;
  }
}
