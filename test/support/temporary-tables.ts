import { randomBytes } from 'node:crypto';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DynamoTable } from '../../core/contract/functions.ts';
import { createDocumentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { createDynamoTables } from '../../local/run/dynamodb-tables.ts';
import type { StoreAddresses } from '../../local/stores/stores.ts';

export interface TemporaryTables {
  readonly client: DynamoDBDocumentClient;
  tableName(table: DynamoTable): string;
  /** Deletes the tables and closes the client. */
  remove(): Promise<void>;
}

/** DynamoDB tables of its own, those that are named, on the stores of this test run. */
export async function makeTemporaryTables(
  { dynamodb }: Pick<StoreAddresses, 'dynamodb'>,
  tables: readonly DynamoTable[],
): Promise<TemporaryTables> {
  // DynamoDB Local looks at no signature, but the SDK makes one.
  process.env.AWS_ACCESS_KEY_ID ??= 'test';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
  const prefix = `test_${randomBytes(6).toString('hex')}_`;
  const client = createDocumentClient({ endpoint: dynamodb.endpoint, region: 'us-east-1' });
  await createDynamoTables(dynamodb.endpoint, prefix, tables);
  return {
    client,
    tableName: (table) => prefix + table,
    remove: async () => {
      for (const table of tables) await client.send(new DeleteTableCommand({ TableName: prefix + table }));
      client.destroy();
    },
  };
}
