import { setTimeout as pause } from 'node:timers/promises';
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { StoreUnavailableError } from '../../application/ports/store-errors.ts';
import { callDynamo } from './dynamo-errors.ts';

type WriteRequest = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];
type Item = Readonly<Record<string, unknown>>;

/** Puts an item, whatever stands there; or deletes the one with these keys. */
export type ItemWrite = { readonly put: Item } | { readonly delete: Item };

/** DynamoDB takes so many writes in one request (API reference of BatchWriteItem). */
const BATCH_SIZE = 25;
/** Tries for what DynamoDB handed back unprocessed, with pauses that double: 50, 100, 200 … ms. */
const TRIES = 6;
const FIRST_PAUSE_MS = 50;

/**
 * Writes items of one table in batches, one after the other in the given order; no key may come twice. A batch is no
 * transaction: after a failure some of it may be written.
 *
 * @throws {StoreUnavailableError} if DynamoDB is away, or went on handing back what it was given
 */
export async function batchWrite(
  client: DynamoDBDocumentClient,
  tableName: string,
  writes: readonly ItemWrite[],
): Promise<void> {
  for (let start = 0; start < writes.length; start += BATCH_SIZE) {
    await writeBatch(client, tableName, writes.slice(start, start + BATCH_SIZE).map(requestOf));
  }
}

async function writeBatch(
  client: DynamoDBDocumentClient,
  tableName: string,
  requests: readonly WriteRequest[],
): Promise<void> {
  let remaining = requests;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (attempt > 0) await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    const command = new BatchWriteCommand({ RequestItems: { [tableName]: [...remaining] } });
    const { UnprocessedItems } = await callDynamo(() => client.send(command));
    remaining = UnprocessedItems?.[tableName] ?? [];
    if (remaining.length === 0) return;
  }
  throw new StoreUnavailableError('dynamodb', 'writes were handed back unprocessed');
}

function requestOf(write: ItemWrite): WriteRequest {
  return 'put' in write ? { PutRequest: { Item: write.put } } : { DeleteRequest: { Key: write.delete } };
}
