import type { UserId } from '../../../core/contract/ids.ts';
import type { RefreshableSession, Sessions } from '../../../lambdas/application/ports/sessions.ts';

/** Sessions in memory. */
export class MemorySessions implements Sessions {
  readonly #sessions = new Map<string, RefreshableSession>();

  async add(session: RefreshableSession): Promise<void> {
    this.#sessions.set(session.sessionId, session);
  }

  async find(sessionId: string): Promise<RefreshableSession | undefined> {
    return this.#sessions.get(sessionId);
  }

  async replace(session: RefreshableSession, next: RefreshableSession): Promise<boolean> {
    if (this.#sessions.get(session.sessionId)?.currentHash !== session.currentHash) return false;
    this.#sessions.set(session.sessionId, next);
    return true;
  }

  async remove(sessionId: string): Promise<RefreshableSession | undefined> {
    const session = this.#sessions.get(sessionId);
    this.#sessions.delete(sessionId);
    return session;
  }

  async removeOthers(userId: UserId, exceptSessionId: string): Promise<void> {
    for (const session of this.#sessions.values()) {
      if (session.userId === userId && session.sessionId !== exceptSessionId)
        this.#sessions.delete(session.sessionId);
    }
  }
}
