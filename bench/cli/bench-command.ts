import { parseArgs } from 'node:util';
import { OperatorError } from '../../local/processes/operator-error.ts';

/** What `npm run bench` asks for. */
export interface BenchCommand {
  /** None: all of them. */
  readonly names: readonly string[];
  readonly list: boolean;
  readonly resultsDirectory: string;
}

const RESULTS_DIRECTORY = '.ping-me/bench';

/**
 * Reads the arguments behind `npm run bench --`.
 *
 * @param known names of the benchmarks
 * @throws OperatorError naming the argument that is wrong and what is allowed
 */
export function parseBenchCommand(commandArguments: string[], known: readonly string[]): BenchCommand {
  const { values, positionals } = parse(commandArguments);
  const list = positionals.length === 1 && positionals[0] === 'list';
  const unknown = positionals.find((name) => !known.includes(name));
  if (!list && unknown !== undefined) {
    throw new OperatorError(`There is no benchmark "${unknown}": the benchmarks are ${known.join(', ')}.`);
  }
  return { names: list ? [] : positionals, list, resultsDirectory: values.results ?? RESULTS_DIRECTORY };
}

function parse(commandArguments: string[]) {
  try {
    return parseArgs({
      args: commandArguments,
      allowPositionals: true,
      options: { results: { type: 'string' } },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new OperatorError(`${reason}: the option is --results <folder>.`);
  }
}
