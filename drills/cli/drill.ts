import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../local/cli/run-command.ts';
import { StartReport } from '../../local/cli/start-report.ts';
import { OperatorError } from '../../local/processes/operator-error.ts';
import { stopOnSignals } from '../../local/processes/stop-on-signals.ts';
import { startStores } from '../../local/stores/start-stores.ts';
import type { StoreAddresses } from '../../local/stores/stores.ts';
import { DRILLS } from '../catalogue.ts';
import type { Drill } from '../drill.ts';
import { readLedger } from '../ledger/recorder.ts';
import { renderResult, renderTable } from '../run/print-result.ts';
import { type DrillResult, keptAll, runDrill } from '../run/run-drill.ts';
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

async function check(file: string): Promise<void> {
  if (!existsSync(file)) throw new OperatorError(`There is no file ${file}.`);
  console.log(JSON.stringify((await readLedger(file)).report(), undefined, 2));
}

async function run(command: Extract<DrillCommand, { action: 'run' }>): Promise<void> {
  const { names } = command;
  const drills = names.length === 0 ? DRILLS : DRILLS.filter(({ name }) => names.includes(name));
  const dataDirectory = await mkdtemp(join(tmpdir(), 'ping-me-drills-'));
  const report = new StartReport(process.stdout);
  const ending = new AbortController();
  let stop = async () => rm(dataDirectory, { recursive: true, force: true });
  stopOnSignals(async () => {
    ending.abort(new OperatorError('The drills were stopped.'));
    await stop();
  });
  try {
    const stores = await startStores({
      dataDirectory,
      small: false,
      stopOnSignals: false,
      signal: ending.signal,
      onProgress: report.stores,
    });
    const removeData = stop;
    stop = async () => {
      await stores.stop();
      await removeData();
    };
    report.end();
    const results = await runAll(drills, stores, command);
    if (results.length > 1) console.log(`\n${renderTable(results)}`);
    process.exitCode = results.length === drills.length && results.every(keptAll) ? 0 : 1;
  } finally {
    report.end();
    await stop();
  }
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
