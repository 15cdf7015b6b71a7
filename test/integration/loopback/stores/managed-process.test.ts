import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { waitFor } from '../../../../drills/run/wait-for.ts';
import { ManagedProcess } from '../../../../local/processes/managed-process.ts';
import { OperatorError } from '../../../../local/processes/operator-error.ts';
import { identifyProcess } from '../../../../local/processes/process-identity.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** Says "up", and ends by SIGTERM unless told to stay. */
const PROGRAM = `process.on('SIGTERM', () => { if (process.argv[1] !== 'stubborn') process.exit(0); });
setInterval(() => {}, 1000); console.log('up');`;

function manage(...programArguments: string[]) {
  const folder = temporaryFolder();
  const outputFile = join(folder, 'logs', 'output.log');
  const child = new ManagedProcess({
    title: 'The child',
    command: process.execPath,
    arguments: ['-e', PROGRAM, ...programArguments],
    workingDirectory: folder,
    outputFile,
    stopMilliseconds: 300,
  });
  onTestFinished(() => child.kill());
  const start = async () => {
    await child.start();
    await waitFor(
      'the child to be up',
      () => existsSync(outputFile) && readFileSync(outputFile, 'utf8').includes('up'),
    );
  };
  return { child, start, outputFile };
}

it('starts, stops in order, and starts again', async () => {
  const { child, start, outputFile } = manage();
  expect(child.state).toBe('stopped');
  await start();
  expect(child.state).toBe('running');
  const pid = child.pid!;
  const ended = child.ended;
  await child.stop();
  expect(await ended).toEqual({ code: 0, signal: null, asked: true });
  expect(child.state).toBe('stopped');
  expect(identifyProcess(pid)).toBeUndefined();
  await start();
  expect(child.pid).not.toBe(pid);
  expect(readFileSync(`${outputFile}.1`, 'utf8')).toBe('up\n');
});

it('kills what does not end in time', async () => {
  const { child, start } = manage('stubborn');
  await start();
  const ended = child.ended;
  await child.stop();
  expect(await ended).toMatchObject({ signal: 'SIGKILL', asked: true });
});

it('says that a process failed when nobody asked it to end', async () => {
  const { child, start } = manage();
  await start();
  const ended = child.ended;
  process.kill(child.pid!, 'SIGKILL');
  expect(await ended).toMatchObject({ asked: false });
  expect(child.state).toBe('failed');
});

it('stops a paused process too', async () => {
  const { child, start } = manage();
  await start();
  child.pause();
  expect(child.state).toBe('paused');
  const ended = child.ended;
  await child.stop();
  expect(await ended).toMatchObject({ code: 0 });
});

it('is started once, however often it is asked', async () => {
  const { child } = manage();
  const both = [child.start(), child.start()];
  const { pid } = child;
  await Promise.all(both);
  expect(child.pid).toBe(pid);
});

it('says in one sentence that a command cannot be run', async () => {
  const child = new ManagedProcess({
    title: 'Kafka broker 1',
    command: '/nowhere/java',
    arguments: [],
    workingDirectory: temporaryFolder(),
    outputFile: join(temporaryFolder(), 'output.log'),
    stopMilliseconds: 100,
  });
  const start = child.start();
  await expect(start).rejects.toThrow(OperatorError);
  await expect(start).rejects.toThrow(
    /^Kafka broker 1 cannot be started, because \/nowhere\/java cannot be run: /,
  );
  expect(child.pid).toBeUndefined();
});
