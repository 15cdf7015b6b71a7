import type { UserId } from '../../../core/contract/ids.ts';
import { type Audience, userAudience } from '../../../core/domain/audience.ts';
import type { LiveConnection, LiveConnections } from '../../../lambdas/application/ports/live-connections.ts';

/** Live connections in memory; the same suite runs against it and against DynamoDB. */
export class MemoryLiveConnections implements LiveConnections {
  readonly #listeners = new Map<Audience, Map<string, LiveConnection>>();
  readonly #since = new Map<string, number>();

  async subscribe(connection: LiveConnection, audiences: readonly Audience[]): Promise<void> {
    this.#since.set(connection.connectionId, Date.now());
    for (const audience of audiences) this.#of(audience).set(connection.connectionId, connection);
  }

  async subscribeUsers(userIds: readonly UserId[], audience: Audience): Promise<void> {
    for (const userId of userIds) {
      for (const [connectionId, connection] of this.#of(userAudience(userId))) {
        this.#of(audience).set(connectionId, connection);
      }
    }
  }

  async unsubscribeUser(userId: UserId, audience: Audience): Promise<void> {
    for (const connectionId of this.#of(userAudience(userId)).keys()) this.#of(audience).delete(connectionId);
  }

  async remove(connectionId: string, { unlessYoungerThanMs = 0 } = {}): Promise<void> {
    if (Date.now() - (this.#since.get(connectionId) ?? 0) < unlessYoungerThanMs) return;
    for (const listeners of this.#listeners.values()) listeners.delete(connectionId);
  }

  async listenersOf(audience: Audience): Promise<readonly LiveConnection[]> {
    return [...this.#of(audience).values()];
  }

  #of(audience: Audience): Map<string, LiveConnection> {
    const listeners = this.#listeners.get(audience) ?? new Map<string, LiveConnection>();
    this.#listeners.set(audience, listeners);
    return listeners;
  }
}
