import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { KeeperMessage, Kept } from './keep.ts';

/** Stores end gracefully within some 20 s; what is still there after this is killed with all its children. */
const STOP_LIMIT_MS = 60_000;

/**
 * Starts a keeper and waits until it is ready.
 *
 * @param script path of its main module from the repository's root
 * @param args what its `process.argv` holds from the third place on
 * @throws Error with the keeper's own sentence where it could not start
 */
export async function startKeeper<Facts>(script: string, args: readonly string[] = []): Promise<Kept<Facts>> {
  const child = fork(script, args, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A group of its own: a Ctrl-C in the terminal reaches only the owner, whose end the keeper then sees in good order.
    detached: true,
  });
  const facts = await readyFacts<Facts>(child, script);
  return { facts, stop: () => stopKeeper(child) };
}

function readyFacts<Facts>(child: ChildProcess, script: string): Promise<Facts> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: KeeperMessage<Facts>) => {
      if (message.kind === 'ready') resolve(message.facts);
      else reject(new Error(message.sentence));
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`${script} ended (${code ?? signal}) before it was ready.`)),
    );
  });
}

async function stopKeeper(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const group = -child.pid;
  const exited = once(child, 'exit');
  if (child.connected) child.disconnect();
  const limit = setTimeout(() => process.kill(group, 'SIGKILL'), STOP_LIMIT_MS);
  await exited;
  clearTimeout(limit);
}
