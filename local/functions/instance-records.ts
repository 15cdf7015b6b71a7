import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import {
  commandLine,
  identifyProcess,
  isAlive,
  type ProcessIdentity,
} from '../processes/process-identity.ts';

const recordsSchema = z.array(z.object({ pid: z.int(), startedAt: z.string() }));

/**
 * Writes down which processes run functions. A frozen one notices nothing when its parent is killed: the next start finds it
 * here and ends it.
 */
export class InstanceRecords {
  private readonly file: string;
  private readonly instances = new Map<number, ProcessIdentity>();

  constructor(file: string) {
    this.file = file;
  }

  add(pid: number): void {
    const identity = identifyProcess(pid);
    if (identity === undefined) return;
    this.instances.set(pid, identity);
    this.write();
  }

  remove(pid: number): void {
    if (this.instances.delete(pid)) this.write();
  }

  private write(): void {
    writeFileSync(`${this.file}.new`, JSON.stringify([...this.instances.values()]));
    renameSync(`${this.file}.new`, this.file);
  }
}

/**
 * Ends the instances that a killed run left behind. A process is only ended when pid, start time and command line prove it to
 * be one.
 *
 * @param mark what their command line contains: the path of the bundle that runs instances
 */
export function endLeftoverInstances(file: string, mark: string): void {
  for (const recorded of readRecords(file)) {
    if (isAlive(recorded) && (commandLine(recorded.pid)?.includes(mark) ?? false))
      process.kill(recorded.pid, 'SIGKILL');
  }
  rmSync(file, { force: true });
}

function readRecords(file: string): ProcessIdentity[] {
  try {
    return recordsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}
