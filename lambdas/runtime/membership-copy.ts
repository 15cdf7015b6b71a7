import { DynamoMembershipCopy } from '../adapters/dynamodb/dynamo-membership-copy.ts';
import type { MembershipCopy } from '../application/ports/membership-copy.ts';
import { dynamodb } from './dynamodb.ts';
import { once } from './once.ts';

export const membershipCopy = once((): MembershipCopy => {
  const { client, tableName } = dynamodb();
  return new DynamoMembershipCopy(client, tableName('memberships'));
});
