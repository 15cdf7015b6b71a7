import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { DYNAMODB_TABLES } from '../../../core/contract/dynamodb-tables.ts';
import type { DynamoTable } from '../../../core/contract/functions.ts';
import type { StoreProbe } from '../../application/ports/store-probe.ts';

/** DynamoDB is up while it answers for an item, whether that exists or not. */
export class DynamoProbe implements StoreProbe {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #key: Readonly<Record<string, string>>;

  /** @param tableName the declared table's physical name */
  constructor(client: DynamoDBDocumentClient, table: DynamoTable, tableName: (table: DynamoTable) => string) {
    const { partitionKey, sortKey } = DYNAMODB_TABLES[table];
    this.#client = client;
    this.#table = tableName(table);
    this.#key = { [partitionKey]: 'probe', ...(sortKey === undefined ? {} : { [sortKey]: 'probe' }) };
  }

  async isUp(): Promise<boolean> {
    try {
      await this.#client.send(new GetCommand({ TableName: this.#table, Key: this.#key }));
      return true;
    } catch {
      return false;
    }
  }
}
