import { ManagedProcess, type ProcessSpecification } from './managed-process.ts';
import { OperatorError } from './operator-error.ts';

/**
 * Runs a process that ends by itself; aborting the signal kills it.
 *
 * @throws OperatorError when it ends with another status than 0
 */
export async function runToEnd(specification: ProcessSpecification, signal: AbortSignal): Promise<void> {
  const child = new ManagedProcess(specification);
  await child.start();
  const kill = () => void child.kill();
  signal.addEventListener('abort', kill);
  const end = await child.ended;
  signal.removeEventListener('abort', kill);
  signal.throwIfAborted();
  if (end !== undefined && end.code !== 0) {
    throw new OperatorError(`${specification.title} failed: its output is in ${specification.outputFile}.`);
  }
}
