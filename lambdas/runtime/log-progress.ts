import { DynamoLogProgress } from '../adapters/dynamodb/dynamo-log-progress.ts';
import type { LogProgress } from '../application/ports/log-progress.ts';
import { dynamodb } from './dynamodb.ts';
import { once } from './once.ts';

export const logProgress = once((): LogProgress => {
  const { client, tableName } = dynamodb();
  return new DynamoLogProgress(client, tableName('progress'));
});
