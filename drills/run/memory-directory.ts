import { constants } from 'node:fs';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux keeps the files below it in memory. */
const IN_MEMORY = '/dev/shm';

export interface MemoryDirectory {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * A folder whose files are in memory, where there are such; they outlive the processes that write them. For DynamoDB Local: it writes
 * one item at a time and waits for the disk four times for each, 5 ms, so that a thousand connections that open at once would measure
 * the disk of this machine. DynamoDB itself has no such queue.
 */
export async function makeMemoryDirectory(): Promise<MemoryDirectory> {
  const isThere = await access(IN_MEMORY, constants.W_OK).then(
    () => true,
    () => false,
  );
  const path = await mkdtemp(join(isThere ? IN_MEMORY : tmpdir(), 'ping-me-dynamodb-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
