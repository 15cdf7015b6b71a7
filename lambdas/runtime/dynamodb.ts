import { createDocumentClient } from '../adapters/dynamodb/document-client.ts';
import { dynamoSettings } from './environment.ts';
import { once } from './once.ts';

/** The instance's DynamoDB client, and the physical names of its tables. */
export const dynamodb = once(() => {
  const settings = dynamoSettings();
  return { client: createDocumentClient(settings), tableName: settings.tableName };
});
