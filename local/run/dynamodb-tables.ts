import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DYNAMODB_TABLES, type DynamoTableDeclaration } from '../../core/contract/dynamodb-tables.ts';
import type { DynamoTable } from '../../core/contract/functions.ts';
import { LOCAL_REGION } from '../functions/lambda-context.ts';
import { TABLE_NAMES } from './function-environment.ts';

const READY_SECONDS = 20;

/** Creates the tables that are not there yet, all that are declared or those named, each under `<prefix><name>`. */
export async function createDynamoTables(
  endpoint: string,
  prefix: string,
  tables: readonly DynamoTable[] = TABLE_NAMES,
): Promise<void> {
  const client = new DynamoDBClient({
    endpoint,
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    await Promise.all(tables.map((table) => createTable(client, prefix + table, DYNAMODB_TABLES[table])));
  } finally {
    client.destroy();
  }
}

async function createTable(
  client: DynamoDBClient,
  name: string,
  table: DynamoTableDeclaration,
): Promise<void> {
  const { partitionKey, sortKey, timeToLive } = table;
  const keys = [partitionKey, ...(sortKey === undefined ? [] : [sortKey])];
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: 'S' })),
        KeySchema: keys.map((key, index) => ({
          AttributeName: key,
          KeyType: index === 0 ? 'HASH' : 'RANGE',
        })),
      }),
    );
  } catch (error) {
    if (error instanceof ResourceInUseException) return;
    throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: READY_SECONDS, minDelay: 1 }, { TableName: name });
  if (timeToLive === undefined) return;
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: name,
      TimeToLiveSpecification: { Enabled: true, AttributeName: timeToLive },
    }),
  );
}
