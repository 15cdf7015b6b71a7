import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';

/**
 * Makes the thread that calls this stand back while the machine is short of processors. Only Linux schedules threads one by
 * one; elsewhere nothing happens.
 *
 * @param niceness from 0, not at all, to 19
 */
export function standBack(niceness: number): void {
  if (process.platform !== 'linux') return;
  // "<pid>/task/<id of the thread>": Linux takes it where others take a process.
  setPriority(Number(basename(readlinkSync('/proc/thread-self'))), niceness);
}
