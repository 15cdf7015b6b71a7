import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { waitFor } from '../../../../drills/run/wait-for.ts';
import { OperatorError } from '../../../../local/processes/operator-error.ts';
import { StoreNode, type StoreNodeOptions } from '../../../../local/stores/store-node.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

function node(options: Partial<StoreNodeOptions> = {}, program = 'setInterval(() => {}, 1000)'): StoreNode {
  const folder = temporaryFolder();
  const made = new StoreNode({
    part: 'kafka',
    number: 1,
    process: {
      title: 'Kafka broker 1',
      command: process.execPath,
      arguments: ['-e', program],
      workingDirectory: folder,
      outputFile: join(folder, 'output.log'),
      stopMilliseconds: 5_000,
    },
    prepare: async () => undefined,
    isReady: async () => true,
    signal: new AbortController().signal,
    onChange: () => undefined,
    ...options,
  });
  onTestFinished(() => made.kill());
  return made;
}

it('is starting until it serves, then running', async () => {
  let serves = false;
  const broker = node({ isReady: async () => serves });
  await broker.start();
  expect(broker.status().state).toBe('starting');
  serves = true;
  await broker.waitUntilReady(5_000);
  expect(broker.status().state).toBe('running');
  await broker.kill();
  expect(broker.status()).toEqual({ state: 'stopped', pid: undefined });
  await expect(broker.waitUntilReady(5_000)).rejects.toThrow('Kafka broker 1 is stopped: start it first.');
});

it('says where its output is when it ends before it serves, or takes too long', async () => {
  const never = async () => false;
  const ending = node({ isReady: never }, 'process.exit(1)');
  await ending.start();
  await expect(ending.waitUntilReady(5_000)).rejects.toThrow(
    /^Kafka broker 1 ended before it was ready: its output is in \/.*\/output\.log\.$/,
  );
  const slow = node({ isReady: never });
  await slow.start();
  await expect(slow.waitUntilReady(50)).rejects.toThrow(OperatorError);
  await expect(slow.waitUntilReady(50)).rejects.toThrow(
    /^Kafka broker 1 was not ready within 0 s: its output is in /,
  );
});

it('a stop waits for a start that is under way, which then starts nothing when the run has ended', async () => {
  const run = new AbortController();
  let release: () => void = () => undefined;
  const prepared = new Promise<void>((resolve) => {
    release = resolve;
  });
  const steps: string[] = [];
  const broker = node({
    signal: run.signal,
    prepare: async () => {
      steps.push('preparing');
      await prepared;
      steps.push('prepared');
    },
  });
  const start = broker.start().catch((error: unknown) => error);
  await waitFor('the start to be under way', () => steps.includes('preparing'));
  run.abort(new Error('the run ended'));
  const stop = broker.stop().then(() => steps.push('stopped'));
  release();
  await stop;
  expect(steps).toEqual(['preparing', 'prepared', 'stopped']);
  expect(await start).toEqual(new Error('the run ended'));
  expect(broker.pid).toBeUndefined();
});
