import { parseArgs } from 'node:util';
import { OperatorError } from '../processes/operator-error.ts';
import { defaultDataDirectory } from '../stores/default-data-directory.ts';

/** What `npm start` asks for. */
export interface StartCommand {
  readonly small: boolean;
  readonly likeLambda: boolean;
  readonly port: number;
  readonly dataDirectory: string;
}

const DEFAULT_PORT = 3000;
const OPTIONS =
  'the options are --small, --port <number>, --like-lambda and --data-directory <folder>, behind "npm start --"';

/**
 * Reads the arguments behind `npm start --`, and PORT, which counts where no `--port` is given.
 *
 * @throws OperatorError naming the option or setting that is wrong and what is allowed
 */
export function parseStartCommand(
  commandArguments: string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartCommand {
  const { values, positionals } = parse(commandArguments);
  const [surplus] = positionals;
  if (surplus !== undefined) throw new OperatorError(`There is no argument "${surplus}": ${OPTIONS}.`);
  const small = values.small ?? false;
  const folder = values['data-directory'];
  if (folder === '') throw new OperatorError('The option --data-directory needs the name of a folder.');
  return {
    small,
    likeLambda: values['like-lambda'] ?? false,
    port:
      values.port === undefined
        ? parsePort('The setting PORT', environment.PORT || String(DEFAULT_PORT))
        : parsePort('The option --port', values.port),
    dataDirectory: folder ?? defaultDataDirectory(small),
  };
}

function parse(commandArguments: string[]) {
  try {
    return parseArgs({
      args: commandArguments,
      allowPositionals: true,
      options: {
        small: { type: 'boolean' },
        'like-lambda': { type: 'boolean' },
        port: { type: 'string' },
        'data-directory': { type: 'string' },
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new OperatorError(`${reason}: ${OPTIONS}.`);
  }
}

function parsePort(name: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new OperatorError(`${name} must be a whole number from 1 to 65535, not "${text}".`);
}
