import { OperatorError } from '../../../local/processes/operator-error.ts';

/** An error for a person at a terminal: the sentence alone where it was written for one, else with its stack. */
export function errorSentence(error: unknown): string {
  if (error instanceof OperatorError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
