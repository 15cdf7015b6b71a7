import { spawn } from 'node:child_process';

export interface CommandResult {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  /** What it printed, both streams in order; empty where the terminal got it directly. */
  readonly output: string;
  readonly timedOut: boolean;
}

export interface CommandOptions {
  /** `show`: straight to the terminal. `keep`: into the result. */
  readonly output: 'show' | 'keep';
  /** Past this the command is told to end, and five seconds later made to. */
  readonly timeLimitSeconds: number;
  readonly environment?: Readonly<Record<string, string>>;
}

const FORCED_AFTER_MS = 5_000;

/**
 * Runs one of the project's development tools by its name in `node_modules/.bin` and waits for it. Never rejects: a tool
 * that cannot be started counts as one that failed.
 */
export function runTool(
  tool: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${tool}`, args, {
      stdio: options.output === 'show' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.environment },
    });
    let output = '';
    let timedOut = false;
    let forced: NodeJS.Timeout | undefined;
    const limit = setTimeout(() => {
      timedOut = true;
      child.kill('SIGTERM');
      forced = setTimeout(() => child.kill('SIGKILL'), FORCED_AFTER_MS);
    }, options.timeLimitSeconds * 1_000);
    // A terminal sends Ctrl-C to the whole group; a supervisor's SIGTERM reaches only us.
    const passOn = () => child.kill('SIGTERM');
    process.once('SIGTERM', passOn);
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      output += chunk;
    });
    const end = (exitCode: number | null) => {
      clearTimeout(limit);
      clearTimeout(forced);
      process.off('SIGTERM', passOn);
      resolve({ exitCode, output, timedOut });
    };
    child.once('error', (error) => {
      output += `${tool} cannot be started: ${error.message}. Run npm ci.\n`;
      end(null);
    });
    child.once('close', end);
  });
}
