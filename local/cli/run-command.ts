import { OperatorError } from '../processes/operator-error.ts';

/** Runs a command line. A sentence for the person is printed alone, anything unexpected with its stack; both end with status 1. */
export async function runCommand(command: (commandArguments: string[]) => Promise<void>): Promise<void> {
  try {
    await command(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof OperatorError ? error.message : error);
    process.exitCode = 1;
  }
}
