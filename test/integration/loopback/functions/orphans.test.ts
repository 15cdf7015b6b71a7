import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { endLeftoverInstances } from '../../../../local/functions/instance-records.ts';
import { identifyProcess } from '../../../../local/processes/process-identity.ts';
import { type ActorSight, type Actors, bundleActors } from './runtime-fixture.ts';

let actors: Actors;

beforeAll(async () => {
  actors = await bundleActors();
});
afterAll(() => actors.end());

function isAlive(pid: number): boolean {
  try {
    return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).trim() !== '';
  } catch {
    return false;
  }
}

it('ends the frozen instances that a killed run left behind, and nothing else', async () => {
  const host = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      'test/integration/loopback/functions/fixtures/like-lambda-host.ts',
      JSON.stringify(actors.options),
    ],
    // A group of its own, as the system's process has.
    { detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const [line] = (await once(createInterface({ input: host.stdout }), 'line')) as [string];
    const { pid } = (JSON.parse(line) as { value: ActorSight }).value;
    expect(isAlive(pid)).toBe(true);
    host.kill('SIGKILL');
    await once(host, 'exit');
    const { instancesFile, instanceBundle } = actors.options;
    endLeftoverInstances(instancesFile, '/another/bundle.mjs');
    expect(isAlive(pid)).toBe(true);
    await writeFile(
      instancesFile,
      JSON.stringify([identifyProcess(pid), { pid: process.pid, startedAt: 'before' }]),
    );
    endLeftoverInstances(instancesFile, instanceBundle);
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000);
  } finally {
    if (host.pid !== undefined && host.exitCode === null && host.signalCode === null)
      process.kill(-host.pid, 'SIGKILL');
  }
});
