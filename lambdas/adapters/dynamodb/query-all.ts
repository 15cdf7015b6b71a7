import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { callDynamo } from './dynamo-errors.ts';

/**
 * All items of one partition in order of their sort key, strongly consistent, page after page.
 *
 * @throws {StoreUnavailableError} if DynamoDB is away
 */
export async function queryAll(
  client: DynamoDBDocumentClient,
  tableName: string,
  key: { readonly attribute: string; readonly value: string },
): Promise<Record<string, unknown>[]> {
  return callDynamo(async () => {
    const items: Record<string, unknown>[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': key.attribute },
        ExpressionAttributeValues: { ':value': key.value },
        ConsistentRead: true,
      },
    );
    for await (const page of pages) items.push(...(page.Items ?? []));
    return items;
  });
}
