import { afterAll, beforeEach, expect, inject, it } from 'vitest';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { DynamoLogProgress } from '../../../lambdas/adapters/dynamodb/dynamo-log-progress.ts';
import { makeTemporaryTables, type TemporaryTables } from '../../support/temporary-tables.ts';

const made: TemporaryTables[] = [];
let tables: TemporaryTables;
/** The clock of both sides, in milliseconds; only the tests move it. */
let now: number;

beforeEach(async () => {
  tables = await makeTemporaryTables(inject('stores'), ['progress']);
  made.push(tables);
  now = 1_000_000;
});
afterAll(async () => {
  for (const { remove } of made) await remove();
});

const progress = () => new DynamoLogProgress(tables.client, tables.tableName('progress'), () => now);

it('nobody is behind before anything was seen, nor when all that was seen is kept', async () => {
  expect(await progress().isStoreBehind()).toBe(false);
  await progress().note('appended', 3, 7n);
  await progress().note('stored', 3, 7n);
  now += 60_000;
  expect(await progress().isStoreBehind()).toBe(false);
});

it('what was seen last may take a moment to be kept, and no longer', async () => {
  await progress().note('stored', 0, 4n);
  await progress().note('appended', 0, 5n);
  now += 1_000;
  expect(await progress().isStoreBehind()).toBe(false);
  now += 10_000;
  expect(await progress().isStoreBehind()).toBe(true);
});

it('under steady traffic the note before the last one tells', async () => {
  const deliver = progress();
  await deliver.note('appended', 1, 10n);
  now += 2_500;
  await deliver.note('appended', 1, 20n);
  await progress().note('stored', 1, 9n);
  expect(await progress().isStoreBehind()).toBe(true);
  await progress().note('stored', 1, 15n);
  expect(await progress().isStoreBehind()).toBe(false);
});

it('the last of several quick notes is noted too, by itself', async () => {
  const deliver = progress();
  await deliver.note('appended', 2, 1n);
  await deliver.note('appended', 2, 2n);
  await progress().note('stored', 2, 1n);
  await waitFor('the last note', () => {
    // The note carries the time at which it is sent, and has its moment of patience from then on.
    now += 5_000;
    return progress().isStoreBehind();
  });
});

it('partitions are told apart, and offsets are compared as numbers', async () => {
  await progress().note('appended', 0, 9n);
  await progress().note('stored', 0, 10n);
  await progress().note('appended', 11, 10n);
  await progress().note('stored', 11, 9n);
  now += 10_000;
  expect(await progress().isStoreBehind()).toBe(true);
  await progress().note('stored', 11, 10n);
  expect(await progress().isStoreBehind()).toBe(false);
});
