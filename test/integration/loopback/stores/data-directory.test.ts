import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OperatorError } from '../../../../local/processes/operator-error.ts';
import { identifyProcess } from '../../../../local/processes/process-identity.ts';
import { DataDirectory } from '../../../../local/stores/data-directory.ts';
import { lockDataDirectory, ownerOf } from '../../../../local/stores/data-directory-lock.ts';
import { cleanLeftovers } from '../../../../local/stores/leftovers.ts';
import { wipeDataDirectory } from '../../../../local/stores/wipe-data-directory.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

async function startSleeper(
  ...marks: string[]
): Promise<{ child: ChildProcess; pid: number; startedAt: string }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', ...marks], {
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  const identity = identifyProcess(child.pid!)!;
  return { child, ...identity };
}

describe('the lock of a data directory', () => {
  it('names folder and process to a second start, and lets go', () => {
    const directory = new DataDirectory(temporaryFolder());
    const lock = lockDataDirectory(directory);
    expect(() => lockDataDirectory(directory)).toThrow(OperatorError);
    expect(() => lockDataDirectory(directory)).toThrow(
      `Ping Me already runs in ${directory.path} (process ${process.pid}): stop it with Ctrl-C first`,
    );
    expect(ownerOf(directory)?.pid).toBe(process.pid);
    lock.release();
    expect(ownerOf(directory)).toBeUndefined();
    lockDataDirectory(directory).release();
    expect(readdirSync(directory.path)).toEqual([]);
  });

  it('counts for nothing once its process is gone, even if the pid lives on in another', async () => {
    const directory = new DataDirectory(temporaryFolder());
    const { pid } = await startSleeper();
    writeFileSync(directory.lockFile, JSON.stringify({ pid, startedAt: 'long ago' }));
    expect(ownerOf(directory)).toBeUndefined();
    const lock = lockDataDirectory(directory);
    expect(lock.takenFromDead).toEqual({ pid, startedAt: 'long ago' });
    expect(ownerOf(directory)?.pid).toBe(process.pid);
    lock.release();
  });

  it('is taken over when it was cut short', () => {
    const directory = new DataDirectory(temporaryFolder());
    writeFileSync(directory.lockFile, '{"pid":');
    lockDataDirectory(directory).release();
  });
});

describe('leftovers of a killed run', () => {
  it('are ended when pid, start time and command line prove them to be of this folder, and only then', async () => {
    const directory = new DataDirectory(temporaryFolder());
    const ours = await startSleeper(directory.processMark);
    const foreign = await startSleeper('-Dping-me.run=/elsewhere');
    const later = await startSleeper(directory.processMark);
    const socket = join(directory.path, 'control.sock');
    writeFileSync(socket, '');
    directory.writeRun({
      controlSocket: socket,
      processes: [
        { title: 'Kafka broker 1', pid: ours.pid, startedAt: ours.startedAt },
        { title: 'Kafka broker 2', pid: foreign.pid, startedAt: foreign.startedAt },
        { title: 'Kafka broker 3', pid: later.pid, startedAt: 'long ago' },
      ],
    });
    expect(await cleanLeftovers(directory)).toEqual(['Kafka broker 1']);
    expect(identifyProcess(ours.pid)).toBeUndefined();
    expect(identifyProcess(foreign.pid)).toBeDefined();
    expect(identifyProcess(later.pid)).toBeDefined();
    expect(directory.readRun()).toBeUndefined();
    expect(existsSync(socket)).toBe(false);
  });

  it('are ended by a wipe, which is refused while a run is alive', async () => {
    const directory = new DataDirectory(temporaryFolder());
    const ours = await startSleeper(directory.processMark);
    const lock = lockDataDirectory(directory);
    await expect(wipeDataDirectory(directory)).rejects.toThrow(/^Ping Me already runs in /);
    lock.release();
    directory.writeRun({
      controlSocket: directory.controlSocket,
      processes: [{ title: 'DynamoDB Local', pid: ours.pid, startedAt: ours.startedAt }],
    });
    expect(await wipeDataDirectory(directory)).toEqual(['DynamoDB Local']);
    expect(existsSync(directory.path)).toBe(false);
    expect(await wipeDataDirectory(directory)).toBeUndefined();
  });
});

describe('the files of a data directory', () => {
  it('come back as they were written', () => {
    const directory = new DataDirectory(temporaryFolder());
    expect(directory.readSettings()).toBeUndefined();
    const settings = { nodeCount: 3, kafkaClusterId: 'x', ports: { base: 20_000, storage: 20_003 } };
    directory.writeSettings(settings);
    expect(directory.readSettings()).toEqual(settings);
  });

  it('are named in one sentence when they are damaged', () => {
    const directory = new DataDirectory(temporaryFolder());
    writeFileSync(join(directory.path, 'settings.json'), '{"nodeCount": 3');
    expect(() => directory.readSettings()).toThrow(
      `${directory.path}/settings.json is damaged: wipe the data with npm run reset`,
    );
  });

  it('put the control socket where its path is short enough', () => {
    expect(new DataDirectory('/tmp/short').controlSocket).toBe('/tmp/short/control.sock');
    const long = new DataDirectory(`/tmp/${'deep/'.repeat(30)}`).controlSocket;
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(103);
    expect(new DataDirectory(`/tmp/${'deep/'.repeat(31)}`).controlSocket).not.toBe(long);
  });
});
