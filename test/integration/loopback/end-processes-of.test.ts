import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { endProcessesOf } from '../../support/end-processes-of.ts';

async function startIn(folder: string) {
  const script = join(folder, 'wait.cjs');
  await writeFile(script, 'setInterval(() => undefined, 1_000); console.log("up");');
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

it('ends what runs below the folder, and nothing else', async () => {
  const folders = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'ping-me-ends-'))));
  onTestFinished(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  const [ours, other] = await Promise.all(folders.map(startIn));
  const ended = ours && once(ours, 'exit');
  endProcessesOf(folders[0] ?? '');
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(other?.exitCode).toBeNull();
  expect(other?.signalCode).toBeNull();
});
