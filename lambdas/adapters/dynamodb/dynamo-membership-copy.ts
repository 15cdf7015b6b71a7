import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Channel } from '../../../core/contract/conversations.ts';
import type { ConversationId, UserId } from '../../../core/contract/ids.ts';
import type { CopiedMembership, MembershipCopy } from '../../application/ports/membership-copy.ts';
import type { Membership } from '../../application/ports/membership-store.ts';
import { ifConditionHolds } from './conditional-write.ts';
import { callDynamo } from './dynamo-errors.ts';
import { queryAll } from './query-all.ts';

/** The copy of memberships in DynamoDB: one item each, those that have ended included, without TTL. */
export class DynamoMembershipCopy implements MembershipCopy {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#tableName = tableName;
  }

  async find(userId: UserId, conversationId: ConversationId): Promise<CopiedMembership | undefined> {
    const command = new GetCommand({
      TableName: this.#tableName,
      Key: { userId, conversationId },
      ConsistentRead: true,
    });
    const { Item } = await callDynamo(() => this.#client.send(command));
    return Item === undefined ? undefined : membershipOf(Item);
  }

  async listOf(userId: UserId): Promise<readonly CopiedMembership[]> {
    const items = await queryAll(this.#client, this.#tableName, { attribute: 'userId', value: userId });
    return items.map(membershipOf);
  }

  async write({
    userId,
    conversationId,
    state,
    version,
    joinedAt,
    channel,
  }: CopiedMembership): Promise<void> {
    const command = new PutCommand({
      TableName: this.#tableName,
      Item: { userId, conversationId, state, version, joinedAt: joinedAt.toISOString(), channel },
      ConditionExpression:
        'attribute_not_exists(#version) OR #version < :version OR (#version = :version AND :state = :left)',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': version, ':state': state, ':left': 'left' },
    });
    // Where the condition does not hold, a newer one stands there.
    await ifConditionHolds(() => this.#client.send(command));
  }
}

function membershipOf(item: Record<string, unknown>): CopiedMembership {
  return {
    userId: item.userId as string,
    conversationId: item.conversationId as string,
    state: item.state as Membership['state'],
    version: item.version as number,
    joinedAt: new Date(item.joinedAt as string),
    ...(item.channel === undefined ? {} : { channel: item.channel as Channel }),
  };
}
