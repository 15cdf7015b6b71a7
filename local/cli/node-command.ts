import { parseArgs } from 'node:util';
import { CONTROL_ACTIONS, type ControlAction } from '../processes/control-protocol.ts';
import { OperatorError } from '../processes/operator-error.ts';

/** What `npm run node -- …` asks for. */
export type NodeCommand = { dataDirectory?: string; small: boolean } & (
  | { action: 'status' }
  | { action: Exclude<ControlAction, 'status'>; part: string; number?: number | 'all' }
);

const USAGE = 'for example "npm run node -- kill cassandra 2" or "npm run node -- status"';

/**
 * Reads the arguments behind `npm run node --`. Whether the part exists is for the run to say.
 *
 * @throws OperatorError naming the argument that is wrong and what is allowed
 */
export function parseNodeCommand(commandArguments: string[]): NodeCommand {
  const { values, positionals } = parse(commandArguments);
  const [action, part, number, ...rest] = positionals;
  const place = {
    small: values.small ?? false,
    ...(values['data-directory'] === undefined ? {} : { dataDirectory: values['data-directory'] }),
  };
  if (!isAction(action)) {
    const what = action === undefined ? 'The action is missing' : `There is no action "${action}"`;
    throw new OperatorError(`${what}: it is one of ${CONTROL_ACTIONS.join(', ')}, ${USAGE}.`);
  }
  if (action === 'status') {
    if (part !== undefined)
      throw new OperatorError(`The action status takes no "${part}": it shows every part.`);
    return { ...place, action };
  }
  if (part === undefined) throw new OperatorError(`The part to ${action} is missing, ${USAGE}.`);
  const [surplus] = rest;
  if (surplus !== undefined) throw new OperatorError(`The argument "${surplus}" is one too many, ${USAGE}.`);
  return { ...place, action, part, ...(number === undefined ? {} : { number: parseNumber(number) }) };
}

function parse(commandArguments: string[]) {
  try {
    return parseArgs({
      args: commandArguments,
      allowPositionals: true,
      options: { small: { type: 'boolean' }, 'data-directory': { type: 'string' } },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new OperatorError(`${reason}: the options are --small and --data-directory <folder>.`);
  }
}

function parseNumber(text: string): number | 'all' {
  if (text === 'all') return text;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new OperatorError(`The number "${text}" is none: it is 1, 2, 3 or all.`);
}

function isAction(text: string | undefined): text is ControlAction {
  return CONTROL_ACTIONS.some((action) => action === text);
}
