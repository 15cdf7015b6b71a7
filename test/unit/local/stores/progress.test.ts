import { beforeEach, expect, it } from 'vitest';
import { Progress } from '../../../../local/stores/progress.ts';
import type { StoreProgress } from '../../../../local/stores/stores.ts';

let told: StoreProgress[];
let progress: Progress;
beforeEach(() => {
  told = [];
  progress = new Progress((each) => told.push(each));
});

it('a step that turns out to be one is told to run, and then to have ended', async () => {
  const value = await progress.stepIfAny('kafka', 'fetching jars', async (running) => {
    running(1, 2);
    running(2, 4);
    return 'folder';
  });
  expect(value).toBe('folder');
  expect(told).toEqual([
    { kind: 'step-running', store: 'kafka', step: 'fetching jars', seconds: 1, megabytes: 2 },
    { kind: 'step-running', store: 'kafka', step: 'fetching jars', seconds: 2, megabytes: 4 },
    { kind: 'step-finished', store: 'kafka', step: 'fetching jars', seconds: expect.any(Number) },
  ]);
});

it('what is there already is no step', async () => {
  await progress.stepIfAny('kafka', 'fetching jars', async () => 'folder');
  expect(told).toEqual([]);
});
