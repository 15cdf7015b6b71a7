import { execFileSync } from 'node:child_process';

/**
 * Kills every process whose command line names something below the folder: what a program that this test run started has
 * started in turn, and left behind. The folder must be the run's own.
 */
export function endProcessesOf(folder: string): void {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  for (const line of lines) {
    const pid = Number.parseInt(line, 10);
    if (!line.includes(`${folder}/`) || pid === process.pid) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}
