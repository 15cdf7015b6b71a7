import type { ChildProcess } from 'node:child_process';

const children = new Set<ChildProcess>();
let installed = false;

/**
 * Makes sure that a child does not outlive this process when it ends without a stop: an uncaught error, `process.exit`. What is
 * left after a SIGKILL of this process is found and ended by the next start.
 *
 * @returns a function that ends the guard, for when the child has ended
 */
export function killTogetherWithThisProcess(child: ChildProcess): () => void {
  if (!installed) {
    installed = true;
    process.on('exit', () => {
      for (const left of children) left.kill('SIGKILL');
    });
  }
  children.add(child);
  return () => children.delete(child);
}
