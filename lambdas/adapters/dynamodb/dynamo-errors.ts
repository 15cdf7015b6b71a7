import { StoreRefusalError, StoreUnavailableError } from '../../application/ports/store-errors.ts';

const REFUSALS = new Set([
  'ValidationException',
  'ResourceNotFoundException',
  'ItemCollectionSizeLimitExceededException',
]);

/** Runs a DynamoDB call; failures become our own errors, except a failed condition, which its caller asked for. */
export async function callDynamo<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'ConditionalCheckFailedException' || name === 'TransactionCanceledException') throw error;
    throw REFUSALS.has(name)
      ? new StoreRefusalError('dynamodb', error)
      : new StoreUnavailableError('dynamodb', error);
  }
}
