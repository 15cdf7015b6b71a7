import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { callDynamo } from './dynamo-errors.ts';

/** Runs a conditional write and says whether its condition held. */
export async function ifConditionHolds(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await callDynamo(write);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
