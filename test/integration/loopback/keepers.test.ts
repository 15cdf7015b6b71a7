import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { startKeeper } from '../../support/keepers/start-keeper.ts';

let folder: string;
let mark: string;
let owner: ChildProcess | undefined;

beforeEach(() => {
  mkdirSync('node_modules/.cache', { recursive: true });
  folder = mkdtempSync('node_modules/.cache/keepers-');
  mark = resolve(folder, 'mark');
});

afterEach(() => {
  owner?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A keeper whose thing is a file that says what happened to it. */
function writeKeeper(start = ''): string {
  const keeper = join(folder, 'keeper.mts');
  writeFileSync(
    keeper,
    `import { writeFileSync } from 'node:fs';
     import { keep } from '${resolve('test/support/keepers/keep.ts')}';
     const mark = (text) => writeFileSync('${mark}', text);
     await keep(async (signal) => {
       ${start}
       mark('runs');
       return { facts: { pid: process.pid }, stop: async () => mark('stopped') };
     });`,
  );
  return keeper;
}

/** A process that starts the keeper and then does nothing, until it is made to end. */
async function startOwner(keeper: string): Promise<ChildProcess> {
  const script = join(folder, 'owner.mts');
  writeFileSync(
    script,
    `import { startKeeper } from '${resolve('test/support/keepers/start-keeper.ts')}';
     await startKeeper('${keeper}');
     setInterval(() => {}, 60_000);`,
  );
  owner = fork(script, { execArgv: ['--import', 'tsx'], stdio: 'inherit' });
  await waitFor('the keeper to run', () => existsSync(mark) && readFileSync(mark, 'utf8') === 'runs');
  return owner;
}

describe('a keeper', () => {
  it('tells its facts and stops when told to', async () => {
    const kept = await startKeeper<{ pid: number }>(writeKeeper());
    expect(kept.facts.pid).not.toBe(process.pid);
    await kept.stop();
    expect(readFileSync(mark, 'utf8')).toBe('stopped');
    await kept.stop();
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'stops its thing when its owner ends by %s',
    async (signal) => {
      const running = await startOwner(writeKeeper());
      running.kill(signal);
      await once(running, 'exit');
      await waitFor('the thing to be stopped', () => readFileSync(mark, 'utf8') === 'stopped');
    },
  );

  it('passes on why it could not start', async () => {
    const keeper = writeKeeper("throw new Error('The port 3000 is taken.');");
    await expect(startKeeper(keeper)).rejects.toThrow('The port 3000 is taken.');
  });

  it('that crashes is no endless wait', async () => {
    const keeper = writeKeeper("process.kill(process.pid, 'SIGKILL');");
    await expect(startKeeper(keeper)).rejects.toThrow('ended (SIGKILL) before it was ready');
  });
});
