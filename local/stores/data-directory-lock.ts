import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { OperatorError } from '../processes/operator-error.ts';
import { identifyProcess, isAlive, type ProcessIdentity } from '../processes/process-identity.ts';
import type { DataDirectory } from './data-directory.ts';

const lockSchema = z.object({ pid: z.int(), startedAt: z.string() });

/** The hold on a data directory. `takenFromDead` is the process that left its lock behind, if one did. */
export interface DataDirectoryLock {
  takenFromDead: ProcessIdentity | undefined;
  release(): void;
}

/**
 * One run at a time may hold a data directory. A lock whose process is gone counts for nothing.
 *
 * @throws OperatorError naming the folder and the process that holds it
 */
export function lockDataDirectory(directory: DataDirectory): DataDirectoryLock {
  mkdirSync(directory.path, { recursive: true });
  const { lockFile } = directory;
  const own = `${lockFile}.${process.pid}`;
  writeFileSync(own, JSON.stringify(identifyProcess(process.pid)));
  try {
    let takenFromDead: ProcessIdentity | undefined;
    // A link appears with its contents or not at all, and only one process can make it.
    while (!tryLink(own, lockFile)) {
      const owner = readLock(lockFile);
      if (owner !== undefined && isAlive(owner)) throw heldBy(directory, owner);
      takenFromDead = owner ?? takenFromDead;
      removeStale(lockFile, owner);
    }
    return { takenFromDead, release: () => rmSync(lockFile, { force: true }) };
  } finally {
    rmSync(own, { force: true });
  }
}

/** The living process that holds the directory, if there is one. */
export function ownerOf(directory: DataDirectory): ProcessIdentity | undefined {
  const owner = readLock(directory.lockFile);
  return owner !== undefined && isAlive(owner) ? owner : undefined;
}

function heldBy(directory: DataDirectory, owner: ProcessIdentity): OperatorError {
  return new OperatorError(
    `Ping Me already runs in ${directory.path} (process ${owner.pid}): stop it with Ctrl-C first, or name another ` +
      'data directory.',
  );
}

function removeStale(lockFile: string, stale: ProcessIdentity | undefined): void {
  // Two starts may find the same stale lock; the slower one must not take away what the quicker one has just made.
  const aside = `${lockFile}.stale.${process.pid}`;
  try {
    renameSync(lockFile, aside);
  } catch {
    return;
  }
  const moved = readLock(aside);
  if (moved !== undefined && moved.startedAt !== stale?.startedAt && isAlive(moved)) tryLink(aside, lockFile);
  rmSync(aside, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function readLock(file: string): ProcessIdentity | undefined {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
