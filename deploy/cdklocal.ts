import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { OperatorError } from '../local/processes/operator-error.ts';
import type { Emulator } from './emulator.ts';

export interface CdkCommand {
  readonly arguments: readonly string[];
  /** A custom resource that cannot load keeps an emulator waiting for ever. */
  readonly timeLimitSeconds: number;
  readonly signal: AbortSignal;
  /** Takes what it prints; by default that goes where ours goes. */
  readonly onOutput?: (text: string) => void;
  /** Of context: `-c key=value`. */
  readonly choices?: Readonly<Record<string, string>>;
}

/**
 * Runs cdklocal against the emulator.
 *
 * @throws OperatorError when it fails or takes too long
 */
export async function cdklocal(emulator: Emulator, command: CdkCommand): Promise<void> {
  const context = Object.entries(command.choices ?? {}).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const title = `cdklocal ${command.arguments[0] ?? ''}`;
  const child = spawn(resolve('node_modules/.bin/cdklocal'), [...command.arguments, ...context], {
    env: { ...process.env, ...emulator.environment, CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that the CDK's own children end with it.
    detached: true,
  });
  const onOutput = command.onOutput ?? ((text: string) => void process.stdout.write(text));
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', onOutput);
  let isLate = false;
  const end = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  const limit = setTimeout(() => {
    isLate = true;
    end();
  }, command.timeLimitSeconds * 1_000);
  command.signal.addEventListener('abort', end);
  try {
    const [code] = await once(child, 'close');
    command.signal.throwIfAborted();
    if (isLate)
      throw new OperatorError(`${title} took longer than ${command.timeLimitSeconds} s and was ended.`);
    if (code !== 0) throw new OperatorError(`${title} failed; what it said is above.`);
  } finally {
    clearTimeout(limit);
    command.signal.removeEventListener('abort', end);
  }
}
