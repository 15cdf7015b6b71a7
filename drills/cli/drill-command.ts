import { parseArgs } from 'node:util';
import { OperatorError } from '../../local/processes/operator-error.ts';

/** What `npm run drill` asks for. */
export type DrillCommand =
  | { readonly action: 'list' }
  /** Gives the observations of an earlier run to a new ledger. */
  | { readonly action: 'check'; readonly file: string }
  | {
      readonly action: 'run';
      /** None: all of them. */
      readonly names: readonly string[];
      readonly full: boolean;
      readonly resultsDirectory: string;
    };

const RESULTS_DIRECTORY = '.ping-me/drills';
const USAGE =
  'for example "npm run drill -- kafka-two-brokers", "npm run drill -- list" or "npm run drill" for all';

/**
 * Reads the arguments behind `npm run drill --`.
 *
 * @param known names of the drills
 * @throws OperatorError naming the argument that is wrong and what is allowed
 */
export function parseDrillCommand(commandArguments: string[], known: readonly string[]): DrillCommand {
  const { values, positionals } = parse(commandArguments);
  const [first, second, third] = positionals;
  if (first === 'list') {
    if (second !== undefined) throw new OperatorError(`The action list takes no "${second}".`);
    return { action: 'list' };
  }
  if (first === 'check') {
    if (second === undefined || third !== undefined)
      throw new OperatorError('The action check takes one file: observations.ndjson of an earlier run.');
    return { action: 'check', file: second };
  }
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new OperatorError(`There is no drill "${unknown}": the drills are ${known.join(', ')}.`);
  }
  return {
    action: 'run',
    names: positionals,
    full: values.full ?? false,
    resultsDirectory: values.results ?? RESULTS_DIRECTORY,
  };
}

function parse(commandArguments: string[]) {
  try {
    return parseArgs({
      args: commandArguments,
      allowPositionals: true,
      options: { full: { type: 'boolean' }, results: { type: 'string' } },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new OperatorError(`${reason}: the options are --full and --results <folder>, ${USAGE}.`);
  }
}
