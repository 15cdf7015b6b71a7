import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { StoreProbe } from '../../application/ports/store-probe.ts';

/** DynamoDB is up while it answers for an item, whether that exists or not. */
export class DynamoProbe implements StoreProbe {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  /** `table`: one with the keys of `progress`. */
  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async isUp(): Promise<boolean> {
    try {
      await this.#client.send(
        new GetCommand({ TableName: this.#table, Key: { partition: '0', side: 'stored' } }),
      );
      return true;
    } catch {
      return false;
    }
  }
}
