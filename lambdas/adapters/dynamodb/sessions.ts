import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { UserId } from '../../../core/contract/ids.ts';
import type { RefreshableSession, Sessions } from '../../application/ports/sessions.ts';
import { ifConditionHolds } from './conditional-write.ts';
import { callDynamo } from './dynamo-errors.ts';
import { queryAll } from './query-all.ts';

const FAMILY_PREFIX = 'family#';
const familyKey = (sessionId: string) => ({ id: FAMILY_PREFIX + sessionId, item: 'session' });
const listKey = (userId: UserId, sessionId: string) => ({
  id: `user#${userId}`,
  item: FAMILY_PREFIX + sessionId,
});

/** Unix time in seconds, as DynamoDB's time to live wants it. */
const secondsOf = (date: Date) => Math.ceil(date.getTime() / 1000);

/** Sessions in the table `sessions`: each as `family#<sessionId>`, and listed under `user#<userId>`. */
export class DynamoSessions implements Sessions {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async add(session: RefreshableSession): Promise<void> {
    // Listed first: a session that is not listed could not be ended with the others.
    await this.#list(session);
    await callDynamo(() =>
      this.#client.send(new PutCommand({ TableName: this.#table, Item: itemOf(session) })),
    );
  }

  async find(sessionId: string): Promise<RefreshableSession | undefined> {
    const command = new GetCommand({
      TableName: this.#table,
      Key: familyKey(sessionId),
      ConsistentRead: true,
    });
    const { Item: item } = await callDynamo(() => this.#client.send(command));
    return item && sessionIn(item);
  }

  async replace(session: RefreshableSession, next: RefreshableSession): Promise<boolean> {
    await this.#list(next);
    const command = new PutCommand({
      TableName: this.#table,
      Item: itemOf(next),
      ConditionExpression: 'currentHash = :current',
      ExpressionAttributeValues: { ':current': session.currentHash },
    });
    return ifConditionHolds(() => this.#client.send(command));
  }

  async remove(sessionId: string): Promise<RefreshableSession | undefined> {
    const command = new DeleteCommand({
      TableName: this.#table,
      Key: familyKey(sessionId),
      ReturnValues: 'ALL_OLD',
    });
    const { Attributes: item } = await callDynamo(() => this.#client.send(command));
    const session = item && sessionIn(item);
    if (session) await this.#delete(listKey(session.userId, sessionId));
    return session;
  }

  async removeOthers(userId: UserId, exceptSessionId: string): Promise<void> {
    const sessionIds = await this.#sessionIdsOf(userId);
    await Promise.all(
      sessionIds
        .filter((sessionId) => sessionId !== exceptSessionId)
        .map(async (sessionId) => {
          await this.#delete(familyKey(sessionId));
          await this.#delete(listKey(userId, sessionId));
        }),
    );
  }

  async #sessionIdsOf(userId: UserId): Promise<string[]> {
    const items = await queryAll(this.#client, this.#table, { attribute: 'id', value: `user#${userId}` });
    return items.map((item) => String(item.item).slice(FAMILY_PREFIX.length));
  }

  async #list({ userId, sessionId, expiresAt }: RefreshableSession): Promise<void> {
    const item = { ...listKey(userId, sessionId), expiresAt: secondsOf(expiresAt) };
    await callDynamo(() => this.#client.send(new PutCommand({ TableName: this.#table, Item: item })));
  }

  async #delete(key: { id: string; item: string }): Promise<void> {
    await callDynamo(() => this.#client.send(new DeleteCommand({ TableName: this.#table, Key: key })));
  }
}

function itemOf({
  sessionId,
  userId,
  currentHash,
  rotation,
  expiresAt,
}: RefreshableSession): Record<string, unknown> {
  return {
    ...familyKey(sessionId),
    userId,
    currentHash,
    ...(rotation ? { previousHash: rotation.previousHash, rotatedAt: rotation.at.getTime() } : {}),
    expiresAt: secondsOf(expiresAt),
  };
}

function sessionIn(item: Record<string, unknown>): RefreshableSession {
  const { id, userId, currentHash, previousHash, rotatedAt, expiresAt } = item;
  return {
    sessionId: String(id).slice(FAMILY_PREFIX.length),
    userId: String(userId),
    currentHash: String(currentHash),
    ...(typeof previousHash === 'string'
      ? { rotation: { previousHash, at: new Date(Number(rotatedAt)) } }
      : {}),
    expiresAt: new Date(Number(expiresAt) * 1000),
  };
}
