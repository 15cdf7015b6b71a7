import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { tableSetting } from '../../core/contract/dynamodb-tables.ts';
import type { PingMe } from '../../local/run/ping-me.ts';

/** The connections that listen to a conversation, as the functions keep them. */
export async function connectionIdsOf(
  { functionSettings }: PingMe,
  conversationId: string,
): Promise<string[]> {
  // The SDK has no other switch for its word about the machine's Node than this variable; the functions have it as well.
  Object.assign(process.env, { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: functionSettings.AWS_REGION ?? '',
      endpoint: functionSettings.DYNAMODB_ENDPOINT ?? '',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
  const ids: string[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: functionSettings[tableSetting('liveAudiences')] ?? '',
      KeyConditionExpression: 'audience = :audience',
      ExpressionAttributeValues: { ':audience': `conversation#${conversationId}` },
    },
  );
  for await (const { Items = [] } of pages) ids.push(...Items.map(({ member }) => String(member)));
  client.destroy();
  return ids;
}
