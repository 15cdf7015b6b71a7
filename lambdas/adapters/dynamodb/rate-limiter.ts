import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { RateLimit } from '../../../core/contract/routes.ts';
import type { RateLimiter } from '../../application/ports/rate-limiter.ts';
import { StoreUnavailableError } from '../../application/ports/store-errors.ts';
import { callDynamo } from './dynamo-errors.ts';

/**
 * Windows in the table `rateLimits`, one item a key, shared by all instances. One write a use: whoever keeps to the
 * limits mostly begins a window. Keys are hashed, since they are names and addresses of people.
 */
export class DynamoRateLimiter implements RateLimiter {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #now: () => number;

  constructor(client: DynamoDBDocumentClient, table: string, now: () => number = Date.now) {
    this.#client = client;
    this.#table = table;
    this.#now = now;
  }

  async take(
    key: string,
    { count, seconds }: Pick<RateLimit, 'count' | 'seconds'>,
  ): Promise<number | undefined> {
    const id = createHash('sha256').update(key).digest('base64url');
    const now = this.#now();
    const ended = await this.#unlessRefused(id, {
      UpdateExpression: 'SET windowEnd = :end, uses = :one, expiresAt = :expires',
      ConditionExpression: 'attribute_not_exists(windowEnd) OR windowEnd <= :now',
      ExpressionAttributeValues: {
        ':end': now + seconds * 1000,
        ':expires': Math.ceil(now / 1000) + seconds,
        ':one': 1,
        ':now': now,
      },
    });
    if (ended === undefined) return undefined;
    const full = await this.#unlessRefused(id, {
      UpdateExpression: 'ADD uses :one',
      // A window that ended between the two writes was full or is over: counting on in it harms nobody.
      ConditionExpression: 'uses < :count',
      ExpressionAttributeValues: { ':one': 1, ':count': count },
    });
    return full === undefined ? undefined : Math.max(1, Math.ceil((full - now) / 1000));
  }

  /** Undefined: the condition held; else the end of the window that stands there, in ms since 1970. */
  async #unlessRefused(
    id: string,
    update: Pick<
      UpdateCommand['input'],
      'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'
    >,
  ): Promise<number | undefined> {
    try {
      await callDynamo(() =>
        this.#client.send(
          new UpdateCommand({
            TableName: this.#table,
            Key: { id },
            ...update,
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const windowEnd = Number(error.Item?.windowEnd?.N);
      if (Number.isNaN(windowEnd)) throw new StoreUnavailableError('dynamodb', error);
      return windowEnd;
    }
  }
}
