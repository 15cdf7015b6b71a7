import { ManagedProcess, type ProcessSpecification } from './managed-process.ts';
import { OperatorError } from './operator-error.ts';

/** @throws OperatorError when the process ends with another status than 0 */
export async function runToEnd(specification: ProcessSpecification): Promise<void> {
  const child = new ManagedProcess(specification);
  await child.start();
  const end = await child.ended;
  if (end !== undefined && end.code !== 0) {
    throw new OperatorError(`${specification.title} failed: its output is in ${specification.outputFile}.`);
  }
}
