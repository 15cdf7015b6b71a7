import type { UserId } from '../../../core/contract/ids.ts';
import { type Audience, userAudience } from '../../../core/domain/audience.ts';
import type {
  Listener,
  LiveConnection,
  LiveConnections,
  Subscription,
} from '../../../lambdas/application/ports/live-connections.ts';

/** Live connections in memory; the same suite runs against it and against DynamoDB. */
export class MemoryLiveConnections implements LiveConnections {
  readonly #listeners = new Map<Audience, Map<string, Listener>>();

  async subscribe(connection: LiveConnection, audiences: readonly Audience[]): Promise<void> {
    const listener = { ...connection, since: Date.now() };
    for (const audience of audiences) this.#of(audience).set(connection.connectionId, listener);
  }

  async subscribeUsers(userIds: readonly UserId[], audience: Audience): Promise<void> {
    for (const userId of userIds) {
      for (const [connectionId, listener] of this.#of(userAudience(userId))) {
        this.#of(audience).set(connectionId, listener);
      }
    }
  }

  async unsubscribeUser(userId: UserId, audience: Audience): Promise<void> {
    for (const connectionId of this.#of(userAudience(userId)).keys()) this.#of(audience).delete(connectionId);
  }

  async unsubscribe(subscriptions: readonly Subscription[]): Promise<void> {
    for (const { connectionId, audience } of subscriptions) this.#of(audience).delete(connectionId);
  }

  recentListenersOf(audience: Audience): Promise<readonly Listener[]> {
    return this.listenersOf(audience);
  }

  async listenersOf(audience: Audience): Promise<readonly Listener[]> {
    return [...this.#of(audience).values()];
  }

  #of(audience: Audience): Map<string, Listener> {
    const listeners = this.#listeners.get(audience) ?? new Map<string, Listener>();
    this.#listeners.set(audience, listeners);
    return listeners;
  }
}
