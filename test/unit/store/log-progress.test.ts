import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DynamoLogProgress } from '../../../lambdas/adapters/dynamodb/dynamo-log-progress.ts';

let failures: number;
let taken: string[];
const client = {
  send: async ({ input }: { input: { Item: { mark: string; offset: string } } }) => {
    if (failures > 0) {
      failures -= 1;
      throw new Error('Throttled.');
    }
    taken.push(`${input.Item.mark} ${input.Item.offset}`);
  },
} as unknown as DynamoDBDocumentClient;

beforeEach(() => {
  failures = 0;
  taken = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('a note of what is stored is there when the invocation ends, also where DynamoDB refused it twice', async () => {
  failures = 2;
  const noted = new DynamoLogProgress(client, 'progress').note('stored', 3, 7n);
  await vi.advanceTimersByTimeAsync(1_000);
  await noted;
  expect(taken).toEqual(['3 stored 7']);
});

it('an invocation waits no longer than a second where DynamoDB is away, and the next note brings this one along', async () => {
  const progress = new DynamoLogProgress(client, 'progress');
  failures = 3;
  const noted = progress.note('stored', 3, 7n);
  await vi.advanceTimersByTimeAsync(1_000);
  await noted;
  expect(taken).toEqual([]);
  await progress.note('stored', 4, 1n);
  expect(taken.toSorted()).toEqual(['3 stored 7', '4 stored 1']);
});
