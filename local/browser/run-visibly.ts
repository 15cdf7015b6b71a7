import { spawn } from 'node:child_process';

/** Says what it runs and runs it with its output on the terminal; resolves to its exit code, null where it could not run. */
export function runVisibly(command: string, args: readonly string[]): Promise<number | null> {
  console.log(`$ ${[command, ...args].join(' ')}`);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
}
