import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Tells a process from a later one with the same pid. `startedAt` is opaque: it only ever compares equal or not. */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
}

/** The identity of a living process; undefined when there is none with that pid, or only a zombie. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const startedAt = existsSync('/proc/self/stat') ? startTimeFromProc(pid) : firstLineOfPs(pid, 'lstart=');
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether exactly that process still lives. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startedAt === identity.startedAt;
}

/** The whole command line of a process, arguments joined by spaces; undefined when it is gone. */
export function commandLine(pid: number): string | undefined {
  if (!existsSync('/proc/self/stat')) return firstLineOfPs(pid, 'command=');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return undefined;
  }
}

function startTimeFromProc(pid: number): string | undefined {
  try {
    // The second field is the command in parentheses and may hold spaces: fields are counted from behind it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    // A process whose first thread has ended holds its ports until the last one has.
    const threads = Number(fields[17]);
    const ended = state === 'X' || (state === 'Z' && threads <= 1);
    return ended ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function firstLineOfPs(pid: number, format: string): string | undefined {
  try {
    const output = execFileSync('ps', ['-o', format, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return output.trim() || undefined;
  } catch {
    return undefined;
  }
}
