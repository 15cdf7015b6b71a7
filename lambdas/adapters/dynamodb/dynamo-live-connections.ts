import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { UserId } from '../../../core/contract/ids.ts';
import { SOCKET_MAX_AGE_MS } from '../../../core/contract/limits.ts';
import { type Audience, userAudience } from '../../../core/domain/audience.ts';
import type {
  Listener,
  LiveConnection,
  LiveConnections,
  Subscription,
} from '../../application/ports/live-connections.ts';
import { batchWrite } from './batch-write.ts';
import { queryAll } from './query-all.ts';

/** Past the 2 hours after which API Gateway ends a connection, which the client does not wait for (SOCKET_MAX_AGE_MS). */
const LIFETIME_MS = SOCKET_MAX_AGE_MS + 15 * 60_000;

/**
 * Live connections in DynamoDB: one item for each subscription, under its audience, which is what `deliver` reads. What a
 * connection is subscribed to is not written down a second time: it follows from its user and the user's memberships, and writes
 * are what opening a connection costs. `expiresAt` is the TTL: Unix time in seconds.
 */
export class DynamoLiveConnections implements LiveConnections {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#tableName = tableName;
  }

  async subscribe(connection: LiveConnection, audiences: readonly Audience[]): Promise<void> {
    await this.#put([{ ...connection, since: Date.now() }], audiences);
  }

  async subscribeUsers(userIds: readonly UserId[], audience: Audience): Promise<void> {
    const users = [...new Set(userIds)];
    const listeners = await Promise.all(users.map((userId) => this.listenersOf(userAudience(userId))));
    await this.#put(listeners.flat(), [audience]);
  }

  async unsubscribeUser(userId: UserId, audience: Audience): Promise<void> {
    const listeners = await this.listenersOf(userAudience(userId));
    await this.unsubscribe(listeners.map(({ connectionId }) => ({ connectionId, audience })));
  }

  async unsubscribe(subscriptions: readonly Subscription[]): Promise<void> {
    await batchWrite(
      this.#client,
      this.#tableName,
      subscriptions.map(({ connectionId, audience }) => ({ delete: { audience, member: connectionId } })),
    );
  }

  recentListenersOf(audience: Audience): Promise<readonly Listener[]> {
    return this.listenersOf(audience);
  }

  async listenersOf(audience: Audience): Promise<readonly Listener[]> {
    const items = await queryAll(this.#client, this.#tableName, { attribute: 'audience', value: audience });
    const now = Date.now() / 1_000;
    // DynamoDB deletes expired items within days, not at once.
    return items.filter(({ expiresAt }) => Number(expiresAt) > now).map(listenerOf);
  }

  async #put(listeners: readonly Listener[], audiences: readonly Audience[]): Promise<void> {
    const items = listeners.flatMap(({ connectionId, userId, sessionId, since }) => {
      const expiresAt = Math.floor((since + LIFETIME_MS) / 1_000);
      return audiences.map((audience) => ({ audience, member: connectionId, userId, sessionId, expiresAt }));
    });
    await batchWrite(
      this.#client,
      this.#tableName,
      items.map((item) => ({ put: item })),
    );
  }
}

function listenerOf({ member, userId, sessionId, expiresAt }: Record<string, unknown>): Listener {
  return {
    connectionId: member as string,
    userId: userId as string,
    sessionId: sessionId as string,
    since: Number(expiresAt) * 1_000 - LIFETIME_MS,
  };
}
