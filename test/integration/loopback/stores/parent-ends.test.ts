import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { waitFor } from '../../../../drills/run/wait-for.ts';
import { identifyProcess } from '../../../../local/processes/process-identity.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const PARENT = fileURLToPath(new URL('parent-process.ts', import.meta.url));

async function startParent(ending: 'exit' | 'throw' | 'signal') {
  const parent = spawn(process.execPath, ['--import', 'tsx', PARENT, temporaryFolder(), ending], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const exited = once(parent, 'exit');
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  return { parent, exited, childPid: Number(line) };
}

it.each([
  ['exit', 3],
  ['throw', 1],
] as const)('a child ends with its parent: %s', async (ending, status) => {
  const { exited, childPid } = await startParent(ending);
  expect((await exited)[0]).toBe(status);
  await waitFor('the child to be gone', () => identifyProcess(childPid) === undefined);
});

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s stops the child, then the parent', async (signal, status) => {
  const { parent, exited, childPid } = await startParent('signal');
  expect(identifyProcess(childPid)).toBeDefined();
  parent.kill(signal);
  expect((await exited)[0]).toBe(status);
  expect(identifyProcess(childPid)).toBeUndefined();
});
