import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OperatorError } from '../processes/operator-error.ts';
import { DataDirectory } from '../stores/data-directory.ts';
import { defaultDataDirectory } from '../stores/default-data-directory.ts';
import { wipeDataDirectory } from '../stores/wipe-data-directory.ts';
import { runCommand } from './run-command.ts';

await runCommand(async (commandArguments) => {
  let wiped = 0;
  for (const directory of directoriesToWipe(commandArguments)) {
    const ended = await wipeDataDirectory(directory);
    if (ended === undefined) continue;
    wiped += 1;
    const left =
      ended.length === 0 ? '' : `, and ended what a killed run had left there: ${ended.join(', ')}`;
    console.log(`Wiped ${directory.path}${left}.`);
  }
  if (wiped === 0) console.log('There is no data to wipe.');
});

function directoriesToWipe(commandArguments: string[]): DataDirectory[] {
  const named = namedDirectory(commandArguments);
  if (named === undefined) {
    return [false, true].map((small) => new DataDirectory(defaultDataDirectory(small)));
  }
  const directory = new DataDirectory(named);
  if (existsSync(directory.path) && !directory.hasSettings) {
    throw new OperatorError(`${directory.path} is not a data directory of Ping Me, so it was left alone.`);
  }
  return [directory];
}

function namedDirectory(commandArguments: string[]): string | undefined {
  try {
    const options = { 'data-directory': { type: 'string' } } as const;
    return parseArgs({ args: commandArguments, options }).values['data-directory'];
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new OperatorError(`${reason}: the only option is --data-directory <folder>.`);
  }
}
