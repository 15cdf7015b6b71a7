import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { OperatorError } from '../local/processes/operator-error.ts';

const outputsSchema = z.record(z.string(), z.record(z.string(), z.string()));

/** What the stacks tell whoever deployed them. */
export interface StackOutputs {
  /**
   * The value of the one output of that name, whichever stack has it.
   *
   * @throws OperatorError if no stack has it
   */
  readonly value: (name: string) => string;
}

/** Reads what `cdk deploy --outputs-file` has written. */
export async function readStackOutputs(file: string): Promise<StackOutputs> {
  const stacks = outputsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const values = new Map(Object.values(stacks).flatMap((outputs) => Object.entries(outputs)));
  return {
    value: (name) => {
      const found = values.get(name);
      if (found === undefined)
        throw new OperatorError(`No stack has an output ${name}: was all of it deployed?`);
      return found;
    },
  };
}
