/**
 * An error that the person at the terminal can act on: its message is one sentence that names the thing and says what to do,
 * and a command line prints that sentence alone, without a stack.
 */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}
