import { mkdir, writeFile } from 'node:fs/promises';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { openDrillSystem } from '../../drills/run/drill-system.ts';
import { withStores } from '../../drills/run/with-stores.ts';
import { runCommand } from '../../local/cli/run-command.ts';
import type { StoreAddresses } from '../../local/stores/stores.ts';
import { type Benchmark, isReached, type Row } from '../benchmark.ts';
import { BENCHMARKS } from '../catalogue.ts';
import { renderChart } from '../run/render-chart.ts';
import { renderRows } from '../run/render-rows.ts';
import { parseBenchCommand } from './bench-command.ts';

await runCommand(async (commandArguments) => {
  const command = parseBenchCommand(
    commandArguments,
    BENCHMARKS.map(({ name }) => name),
  );
  if (command.list) {
    for (const { name, title } of BENCHMARKS) console.log(`${name.padEnd(20)}${title}`);
    return;
  }
  const { names, resultsDirectory } = command;
  const benchmarks = names.length === 0 ? BENCHMARKS : BENCHMARKS.filter(({ name }) => names.includes(name));
  const measured = await withStores((stores) => runAll(benchmarks, stores, resultsDirectory));
  const rows = measured.flat();
  console.log(`\n${renderRows(rows)}\n\n${machine()}; everything above is of this one machine.`);
  process.exitCode = measured.length === benchmarks.length && rows.every(isReached) ? 0 : 1;
});
// A client of Kafka can hold on to a broker that was killed under it; whatever was started has been ended by now.
process.exit();

/** The rows of each benchmark that could be carried out. */
async function runAll(
  benchmarks: readonly Benchmark[],
  stores: StoreAddresses,
  resultsDirectory: string,
): Promise<(readonly Row[])[]> {
  await mkdir(resultsDirectory, { recursive: true });
  const measured: (readonly Row[])[] = [];
  for (const [index, benchmark] of benchmarks.entries()) {
    console.log(`\n${index + 1}/${benchmarks.length} ${benchmark.name}: ${benchmark.title}`);
    try {
      const rows = await runOne(benchmark, stores);
      await keep(benchmark, rows, resultsDirectory);
      console.log(renderRows(rows));
      measured.push(rows);
    } catch (error) {
      console.error('  the benchmark could not be carried out:', error);
    }
  }
  return measured;
}

async function runOne(benchmark: Benchmark, stores: StoreAddresses): Promise<readonly Row[]> {
  await benchmark.prepare?.();
  const system = await openDrillSystem({ system: () => benchmark.system ?? {} }, stores);
  try {
    return await benchmark.run({ ...system, say: (line) => console.log(`  ${line}`) });
  } finally {
    await system.close();
  }
}

/** As JSON and as a chart. */
async function keep({ name, title }: Benchmark, rows: readonly Row[], directory: string): Promise<void> {
  const json = { name, title, machine: machine(), measuredAt: new Date().toISOString(), rows };
  await writeFile(join(directory, `${name}.json`), `${JSON.stringify(json, undefined, 2)}\n`);
  await writeFile(join(directory, `${name}.svg`), renderChart(title, rows));
}

function machine(): string {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${cpus()[0]?.model ?? arch()}), ${gibibytes} GiB, ${platform()}, Node ${process.version}`;
}
