import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { EmailId, UserId } from '../../../core/contract/ids.ts';
import type { CachedIdentity, IdentityCache, PendingChange } from '../../application/ports/identity-cache.ts';
import type { User } from '../../application/ports/users.ts';
import { ifConditionHolds } from './conditional-write.ts';
import { callDynamo } from './dynamo-errors.ts';

/** A cache that takes longer is as good as away: the truth is asked instead. */
const READ_PATIENCE_MS = 1_000;
/** DynamoDB takes at most so many keys in one request ("Quotas", BatchGetItem). */
const BATCH_GET_MAX = 100;

interface IdentityItem {
  readonly id: string;
  readonly user?: Omit<User, 'createdAt'> & { readonly createdAt: string };
  readonly changeId?: string;
  /** Milliseconds since 1970. */
  readonly changeUntil?: number;
}

const userItemId = (userId: UserId) => `user#${userId}`;
const emailItemId = (emailId: EmailId) => `email#${emailId}`;

/** The identity cache in the table `identities`: `user#<userId>` and `email#<emailId>`. */
export class DynamoIdentityCache implements IdentityCache {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async find(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, CachedIdentity>> {
    const distinct = [...new Set(userIds)];
    const batches = Array.from({ length: Math.ceil(distinct.length / BATCH_GET_MAX) }, (_, index) =>
      distinct.slice(index * BATCH_GET_MAX, (index + 1) * BATCH_GET_MAX),
    );
    const found = (await Promise.all(batches.map((batch) => this.#findBatch(batch)))).flat();
    return new Map(found.map((item) => [item.id.slice(userItemId('').length), cachedIn(item)]));
  }

  async userIdOf(emailId: EmailId): Promise<UserId | undefined> {
    const command = new GetCommand({
      TableName: this.#table,
      Key: { id: emailItemId(emailId) },
      ConsistentRead: true,
    });
    const { Item: item } = await callDynamo(() => this.#client.send(command, withPatience()));
    return item?.userId;
  }

  async fill(user: User, seen: CachedIdentity | undefined, now: Date): Promise<void> {
    await this.#pointTo(user);
    const seenChange = seen?.pendingChange?.changeId;
    await this.#putUser(
      user,
      seenChange === undefined
        ? { ConditionExpression: 'attribute_not_exists(id)' }
        : {
            ConditionExpression: 'changeId = :seen AND changeUntil <= :now',
            ExpressionAttributeValues: { ':seen': seenChange, ':now': now.getTime() },
          },
    );
  }

  async beginChange(userId: UserId, change: PendingChange, now: Date): Promise<boolean> {
    return ifConditionHolds(() =>
      this.#client.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: { id: userItemId(userId) },
          UpdateExpression: 'SET changeId = :change, changeUntil = :until',
          ConditionExpression: 'attribute_not_exists(changeUntil) OR changeUntil <= :now',
          ExpressionAttributeValues: {
            ':change': change.changeId,
            ':until': change.until.getTime(),
            ':now': now.getTime(),
          },
        }),
      ),
    );
  }

  async completeChange(user: User, changeId: string): Promise<void> {
    await this.#pointTo(user);
    await this.#putUser(user, {
      ConditionExpression: 'changeId = :change',
      ExpressionAttributeValues: { ':change': changeId },
    });
  }

  async abandonChange(userId: UserId, changeId: string): Promise<void> {
    await ifConditionHolds(() =>
      this.#client.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: { id: userItemId(userId) },
          UpdateExpression: 'SET changeUntil = :past',
          ConditionExpression: 'changeId = :change',
          ExpressionAttributeValues: { ':past': 0, ':change': changeId },
        }),
      ),
    );
  }

  async #findBatch(userIds: readonly UserId[]): Promise<IdentityItem[]> {
    const keys = userIds.map((userId) => ({ id: userItemId(userId) }));
    const command = new BatchGetCommand({
      RequestItems: { [this.#table]: { Keys: keys, ConsistentRead: true } },
    });
    const { Responses: responses } = await callDynamo(() => this.#client.send(command, withPatience()));
    // What DynamoDB left unread for now counts as not held: the truth is asked, and the item stays as it is.
    return (responses?.[this.#table] ?? []) as IdentityItem[];
  }

  async #pointTo({ emailId, userId }: User): Promise<void> {
    await callDynamo(() =>
      this.#client.send(
        new PutCommand({ TableName: this.#table, Item: { id: emailItemId(emailId), userId } }),
      ),
    );
  }

  async #putUser(
    user: User,
    condition: Pick<PutCommand['input'], 'ConditionExpression' | 'ExpressionAttributeValues'>,
  ): Promise<void> {
    const item: IdentityItem = {
      id: userItemId(user.userId),
      user: { ...user, createdAt: user.createdAt.toISOString() },
    };
    await ifConditionHolds(() =>
      this.#client.send(new PutCommand({ TableName: this.#table, Item: item, ...condition })),
    );
  }
}

function withPatience(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(READ_PATIENCE_MS) };
}

function cachedIn({ user, changeId, changeUntil }: IdentityItem): CachedIdentity {
  return {
    ...(user ? { user: { ...user, createdAt: new Date(user.createdAt) } } : {}),
    ...(changeId !== undefined && changeUntil !== undefined
      ? { pendingChange: { changeId, until: new Date(changeUntil) } }
      : {}),
  };
}
