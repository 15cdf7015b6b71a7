import { existsSync, rmSync } from 'node:fs';
import type { DataDirectory } from './data-directory.ts';
import { lockDataDirectory } from './data-directory-lock.ts';
import { cleanLeftovers } from './leftovers.ts';

/**
 * Removes a data directory with everything in it, and ends what a killed run left running there.
 *
 * @returns titles of the processes that were ended; undefined when there is no such folder
 * @throws OperatorError when a run is alive there
 */
export async function wipeDataDirectory(directory: DataDirectory): Promise<string[] | undefined> {
  if (!existsSync(directory.path)) return undefined;
  const lock = lockDataDirectory(directory);
  try {
    const ended = await cleanLeftovers(directory);
    rmSync(directory.path, { recursive: true, force: true });
    return ended;
  } finally {
    lock.release();
  }
}
