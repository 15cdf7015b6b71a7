import { parseArgs } from 'node:util';
import { OperatorError } from '../processes/operator-error.ts';
import { DataDirectory } from '../stores/data-directory.ts';
import { defaultDataDirectory } from '../stores/default-data-directory.ts';
import { wipeDataDirectory } from '../stores/wipe-data-directory.ts';
import { runCommand } from './run-command.ts';

await runCommand(async (commandArguments) => {
  let wiped = 0;
  for (const path of directoriesToWipe(commandArguments)) {
    const ended = await wipeDataDirectory(new DataDirectory(path));
    if (ended === undefined) continue;
    wiped += 1;
    const left =
      ended.length === 0 ? '' : `, and ended what a killed run had left there: ${ended.join(', ')}`;
    console.log(`Wiped ${path}${left}.`);
  }
  if (wiped === 0) console.log('There is no data to wipe.');
});

function directoriesToWipe(commandArguments: string[]): string[] {
  try {
    const { values } = parseArgs({
      args: commandArguments,
      options: { 'data-directory': { type: 'string' } },
    });
    const named = values['data-directory'];
    return named === undefined ? [defaultDataDirectory(false), defaultDataDirectory(true)] : [named];
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new OperatorError(`${reason}: the only option is --data-directory <folder>.`);
  }
}
