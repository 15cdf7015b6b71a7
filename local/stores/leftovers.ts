import { rmSync } from 'node:fs';
import { commandLine, isAlive } from '../processes/process-identity.ts';
import type { DataDirectory, RecordedProcess } from './data-directory.ts';

const POLL_MILLISECONDS = 50;
const END_MILLISECONDS = 10_000;

/**
 * Ends what a run that was killed left behind: children that still live, its record and its socket. A process is only ended
 * when pid, start time and command line all prove it to be a child of a run in this folder. Call with the lock held.
 *
 * @returns titles of the processes that were ended
 */
export async function cleanLeftovers(directory: DataDirectory): Promise<string[]> {
  const run = directory.readRun();
  if (run === undefined) return [];
  const orphans = run.processes.filter((recorded) => isOurs(recorded, directory));
  for (const orphan of orphans) process.kill(orphan.pid, 'SIGKILL');
  const deadline = Date.now() + END_MILLISECONDS;
  while (orphans.some(isAlive) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
  rmSync(run.controlSocket, { force: true });
  directory.removeRun();
  return orphans.map((orphan) => orphan.title);
}

function isOurs(recorded: RecordedProcess, directory: DataDirectory): boolean {
  return isAlive(recorded) && (commandLine(recorded.pid)?.includes(directory.processMark) ?? false);
}
