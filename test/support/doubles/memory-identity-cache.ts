import type { EmailId, UserId } from '../../../core/contract/ids.ts';
import type {
  CachedIdentity,
  IdentityCache,
  PendingChange,
} from '../../../lambdas/application/ports/identity-cache.ts';
import type { User } from '../../../lambdas/application/ports/users.ts';

/** The identity cache in memory. */
export class MemoryIdentityCache implements IdentityCache {
  readonly #users = new Map<UserId, CachedIdentity>();
  readonly #emails = new Map<EmailId, UserId>();

  async find(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, CachedIdentity>> {
    return new Map(
      userIds.flatMap((userId) => {
        const cached = this.#users.get(userId);
        return cached ? [[userId, cached] as const] : [];
      }),
    );
  }

  async userIdOf(emailId: EmailId): Promise<UserId | undefined> {
    return this.#emails.get(emailId);
  }

  async fill(user: User, seen: CachedIdentity | undefined, now: Date): Promise<void> {
    this.#emails.set(user.emailId, user.userId);
    const cached = this.#users.get(user.userId);
    const seenChange = seen?.pendingChange?.changeId;
    const isAsSeen = seenChange === undefined ? !cached : cached?.pendingChange?.changeId === seenChange;
    const isUnderWay = cached?.pendingChange !== undefined && cached.pendingChange.until > now;
    if (isAsSeen && !isUnderWay) this.#users.set(user.userId, { user });
  }

  async beginChange(userId: UserId, pendingChange: PendingChange, now: Date): Promise<boolean> {
    const cached = this.#users.get(userId);
    if (cached?.pendingChange && cached.pendingChange.until > now) return false;
    this.#users.set(userId, { ...cached, pendingChange });
    return true;
  }

  async completeChange(user: User, changeId: string): Promise<void> {
    this.#emails.set(user.emailId, user.userId);
    if (this.#users.get(user.userId)?.pendingChange?.changeId === changeId)
      this.#users.set(user.userId, { user });
  }

  async abandonChange(userId: UserId, changeId: string): Promise<void> {
    const cached = this.#users.get(userId);
    if (cached?.pendingChange?.changeId !== changeId) return;
    this.#users.set(userId, { ...cached, pendingChange: { changeId, until: new Date(0) } });
  }
}
