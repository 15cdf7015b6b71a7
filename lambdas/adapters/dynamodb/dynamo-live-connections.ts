import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { UserId } from '../../../core/contract/ids.ts';
import { SOCKET_MAX_AGE_MS } from '../../../core/contract/limits.ts';
import { type Audience, userAudience } from '../../../core/domain/audience.ts';
import type { LiveConnection, LiveConnections } from '../../application/ports/live-connections.ts';
import { batchWrite } from './batch-write.ts';
import { queryAll } from './query-all.ts';

/** Past the 2 hours after which API Gateway ends a connection, which the client does not wait for (SOCKET_MAX_AGE_MS). */
const LIFETIME_MS = SOCKET_MAX_AGE_MS + 15 * 60_000;

/** A live connection as its items carry it. `expiresAt` is the TTL: Unix time in seconds. */
interface ConnectionItem extends LiveConnection {
  readonly expiresAt: number;
}

/**
 * Live connections in DynamoDB. Each (audience, connection) is two items: one under the audience, which `deliver` reads,
 * and its mirror under `connection#<id>`, by which a connection that is gone finds what to remove. The mirror is written
 * first and removed last, so there is never an item without one.
 */
export class DynamoLiveConnections implements LiveConnections {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#tableName = tableName;
  }

  async subscribe(connection: LiveConnection, audiences: readonly Audience[]): Promise<void> {
    const expiresAt = Math.floor((Date.now() + LIFETIME_MS) / 1_000);
    await this.#put([{ ...connection, expiresAt }], audiences);
  }

  async subscribeUsers(userIds: readonly UserId[], audience: Audience): Promise<void> {
    const users = [...new Set(userIds)];
    const connections = await Promise.all(users.map((userId) => this.#connectionsOf(userAudience(userId))));
    await this.#put(connections.flat(), [audience]);
  }

  async unsubscribeUser(userId: UserId, audience: Audience): Promise<void> {
    const connections = await this.#connectionsOf(userAudience(userId));
    await this.#delete(connections.map(({ connectionId }) => ({ connectionId, audience })));
  }

  async remove(connectionId: string, { unlessYoungerThanMs = 0 } = {}): Promise<void> {
    const mirrors = await this.#itemsOf(mirrorKey(connectionId));
    const isYoung = ({ expiresAt }: Record<string, unknown>) =>
      Date.now() - (Number(expiresAt) * 1_000 - LIFETIME_MS) < unlessYoungerThanMs;
    if (mirrors.some(isYoung)) return;
    await this.#delete(mirrors.map(({ member }) => ({ connectionId, audience: member as Audience })));
  }

  async listenersOf(audience: Audience): Promise<readonly LiveConnection[]> {
    const now = Date.now() / 1_000;
    const connections = await this.#connectionsOf(audience);
    // DynamoDB deletes expired items within days, not at once.
    return connections
      .filter(({ expiresAt }) => expiresAt > now)
      .map(({ connectionId, userId, sessionId }) => ({ connectionId, userId, sessionId }));
  }

  async #connectionsOf(audience: Audience): Promise<readonly ConnectionItem[]> {
    const items = await this.#itemsOf(audience);
    return items.map(({ member, userId, sessionId, expiresAt }) => ({
      connectionId: member as string,
      userId: userId as string,
      sessionId: sessionId as string,
      expiresAt: expiresAt as number,
    }));
  }

  #itemsOf(audience: string): Promise<Record<string, unknown>[]> {
    return queryAll(this.#client, this.#tableName, { attribute: 'audience', value: audience });
  }

  async #put(connections: readonly ConnectionItem[], audiences: readonly Audience[]): Promise<void> {
    const pairs = connections.flatMap(({ connectionId, ...attributes }) =>
      audiences.map((audience) => ({ connectionId, audience, attributes })),
    );
    await batchWrite(this.#client, this.#tableName, [
      ...pairs.map(({ connectionId, audience, attributes }) => ({
        put: { audience: mirrorKey(connectionId), member: audience, ...attributes },
      })),
      ...pairs.map(({ connectionId, audience, attributes }) => ({
        put: { audience, member: connectionId, ...attributes },
      })),
    ]);
  }

  async #delete(pairs: readonly { connectionId: string; audience: Audience }[]): Promise<void> {
    await batchWrite(this.#client, this.#tableName, [
      ...pairs.map(({ connectionId, audience }) => ({ delete: { audience, member: connectionId } })),
      ...pairs.map(({ connectionId, audience }) => ({
        delete: { audience: mirrorKey(connectionId), member: audience },
      })),
    ]);
  }
}

function mirrorKey(connectionId: string): string {
  return `connection#${connectionId}`;
}
