import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { killTogetherWithThisProcess } from './exit-guard.ts';
import type { PartState } from './node-control.ts';
import { OperatorError } from './operator-error.ts';

export interface ProcessSpecification {
  /** For sentences: "Cassandra node 2". */
  title: string;
  command: string;
  arguments: readonly string[];
  workingDirectory: string;
  /** Takes standard output and error; the file of the start before is kept beside it with `.1`. */
  outputFile: string;
  /** How far it stands back while the machine is short of processors: 0, the default, not at all, to 19. */
  niceness?: number;
  /** How long a graceful stop may take before the process is killed. */
  stopMilliseconds: number;
}

/** How a process ended. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** False when nobody asked it to end. */
  asked: boolean;
}

/**
 * One child process that can be stopped, killed, paused and started again. It leads a process group of its own, so that Ctrl-C
 * in a terminal reaches only the process that started it, which then stops it in order.
 */
export class ManagedProcess {
  private readonly specification: ProcessSpecification;
  private child: ChildProcess | undefined;
  private ending: Promise<ProcessEnd> | undefined;
  private asked = false;
  private paused = false;
  private lastEnd: ProcessEnd | undefined;

  constructor(specification: ProcessSpecification) {
    this.specification = specification;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** `running` as long as there is a process; whether it is ready is for others to know. */
  get state(): Exclude<PartState, 'starting'> {
    if (this.child !== undefined) return this.paused ? 'paused' : 'running';
    return this.lastEnd === undefined || this.lastEnd.asked ? 'stopped' : 'failed';
  }

  /** Resolves with the end of the process that runs now; undefined when none runs. */
  get ended(): Promise<ProcessEnd> | undefined {
    return this.ending;
  }

  /** Does nothing when the process runs already. Rejects when the command cannot be run at all. */
  async start(): Promise<void> {
    if (this.child !== undefined) return;
    const { command, workingDirectory, outputFile, title } = this.specification;
    mkdirSync(workingDirectory, { recursive: true });
    const output = openFreshOutput(outputFile);
    const child = spawn(...niced(this.specification), {
      cwd: workingDirectory,
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    this.child = child;
    this.asked = false;
    this.paused = false;
    const release = killTogetherWithThisProcess(child);
    this.ending = new Promise((resolve) => {
      const end = (code: number | null, signal: NodeJS.Signals | null) => {
        release();
        this.child = undefined;
        this.ending = undefined;
        this.lastEnd = { code, signal, asked: this.asked };
        resolve(this.lastEnd);
      };
      child.once('exit', end);
      child.once('error', () => {
        if (child.pid === undefined) end(null, null);
      });
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) =>
        reject(
          new OperatorError(
            `${title} cannot be started, because ${command} cannot be run: ${error.message}.`,
          ),
        ),
      );
    });
  }

  /** SIGTERM, and SIGKILL when that did not end it in time. */
  async stop(): Promise<void> {
    const ending = this.ending;
    if (ending === undefined) return;
    this.asked = true;
    this.resume();
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.signal('SIGKILL'), this.specification.stopMilliseconds);
    await ending;
    clearTimeout(timer);
  }

  async kill(): Promise<void> {
    const ending = this.ending;
    if (ending === undefined) return;
    this.asked = true;
    this.signal('SIGKILL');
    await ending;
  }

  pause(): void {
    if (this.child === undefined) return;
    this.signal('SIGSTOP');
    this.paused = true;
  }

  resume(): void {
    if (!this.paused) return;
    this.signal('SIGCONT');
    this.paused = false;
  }

  private signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }
}

/** `nice` becomes the command, so that pid and command line are the command's own and every thread of it stands back. */
function niced({ command, arguments: given, niceness }: ProcessSpecification): [string, readonly string[]] {
  return niceness === undefined ? [command, given] : ['nice', ['-n', String(niceness), command, ...given]];
}

function openFreshOutput(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  try {
    renameSync(file, `${file}.1`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return openSync(file, 'w');
}
