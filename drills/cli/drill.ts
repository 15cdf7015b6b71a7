import { existsSync } from 'node:fs';
import { runCommand } from '../../local/cli/run-command.ts';
import { OperatorError } from '../../local/processes/operator-error.ts';
import type { StoreAddresses } from '../../local/stores/stores.ts';
import { DRILLS } from '../catalogue.ts';
import type { Drill } from '../drill.ts';
import { readLedger } from '../ledger/recorder.ts';
import { renderResult, renderTable } from '../run/print-result.ts';
import { type DrillResult, keptAll, runDrill } from '../run/run-drill.ts';
import { withStores } from '../run/with-stores.ts';
import { type DrillCommand, parseDrillCommand } from './drill-command.ts';

await runCommand(async (commandArguments) => {
  const command = parseDrillCommand(
    commandArguments,
    DRILLS.map(({ name }) => name),
  );
  if (command.action === 'list') {
    for (const { name, title } of DRILLS) console.log(`${name.padEnd(32)}${title}`);
  } else if (command.action === 'check') await check(command.file);
  else await run(command);
});
// A client of Kafka can hold on to a broker that was killed under it; whatever was started has been ended by now.
process.exit();

async function check(file: string): Promise<void> {
  if (!existsSync(file)) throw new OperatorError(`There is no file ${file}.`);
  console.log(JSON.stringify((await readLedger(file)).report(), undefined, 2));
}

async function run(command: Extract<DrillCommand, { action: 'run' }>): Promise<void> {
  const { names } = command;
  const drills = names.length === 0 ? DRILLS : DRILLS.filter(({ name }) => names.includes(name));
  const results = await withStores((stores) => runAll(drills, stores, command));
  if (results.length > 1) console.log(`\n${renderTable(results)}`);
  process.exitCode = results.length === drills.length && results.every(keptAll) ? 0 : 1;
}

async function runAll(
  drills: readonly Drill[],
  stores: StoreAddresses,
  { full, resultsDirectory }: Extract<DrillCommand, { action: 'run' }>,
): Promise<DrillResult[]> {
  const results: DrillResult[] = [];
  for (const [index, drill] of drills.entries()) {
    console.log(`\n${index + 1}/${drills.length} ${drill.name}: ${drill.title}`);
    try {
      const result = await runDrill(drill, { stores, resultsDirectory, full, say: console.log });
      console.log(renderResult(result));
      results.push(result);
    } catch (error) {
      console.error(`  the drill could not be carried out:`, error);
    }
  }
  return results;
}
