import { connectNodeControl } from '../processes/control-client.ts';
import type { NodeControl, PartStatus } from '../processes/node-control.ts';
import { OperatorError } from '../processes/operator-error.ts';
import { partName } from '../processes/part-registry.ts';
import { DataDirectory } from '../stores/data-directory.ts';
import { ownerOf } from '../stores/data-directory-lock.ts';
import { defaultDataDirectory } from '../stores/default-data-directory.ts';
import { type NodeCommand, parseNodeCommand } from './node-command.ts';
import { runCommand } from './run-command.ts';

const START_MILLISECONDS = 120_000;

await runCommand(async (commandArguments) => {
  const command = parseNodeCommand(commandArguments);
  const control = connectNodeControl(controlSocketOf(command));
  if (command.action === 'status') {
    print(await control.status());
    return;
  }
  const { action, part } = command;
  const numbers = command.number === 'all' ? await numbersOf(control, part) : [command.number];
  await Promise.all(numbers.map((number) => perform(control, action, part, number)));
  print((await control.status()).filter((status) => status.part === part && numbers.includes(status.number)));
});

async function perform(
  control: NodeControl,
  action: Exclude<NodeCommand['action'], 'status'>,
  part: string,
  number: number | undefined,
): Promise<void> {
  if (action !== 'wait') await control[action](part, number);
  if (action === 'start' || action === 'wait') await control.waitUntilReady(part, number, START_MILLISECONDS);
}

async function numbersOf(control: NodeControl, part: string): Promise<(number | undefined)[]> {
  const kin = (await control.status()).filter((status) => status.part === part);
  // An unknown part is left to the run, which names those that it has.
  return kin.length === 0 ? [undefined] : kin.map((status) => status.number);
}

function controlSocketOf(command: NodeCommand): string {
  const named = command.dataDirectory ?? (command.small ? defaultDataDirectory(true) : undefined);
  const candidates =
    named === undefined ? [defaultDataDirectory(false), defaultDataDirectory(true)] : [named];
  for (const candidate of candidates) {
    const directory = new DataDirectory(candidate);
    const run = ownerOf(directory) === undefined ? undefined : directory.readRun();
    if (run !== undefined) return run.controlSocket;
  }
  throw new OperatorError(
    `Nothing runs in ${candidates.join(' or ')}: start it with npm start, or name its --data-directory.`,
  );
}

function print(parts: PartStatus[]): void {
  for (const part of parts) {
    const pid = part.pid === undefined ? '' : `  process ${part.pid}`;
    console.log(`${partName(part).padEnd(14)}${part.state.padEnd(10)}${pid}`.trimEnd());
  }
}
