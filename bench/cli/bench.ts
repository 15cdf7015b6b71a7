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
  const rows = await withStores((stores) => runAll(benchmarks, stores, resultsDirectory));
  console.log(`\n${renderRows(rows)}\n\n${machine()}; everything above is of this one machine.`);
  process.exitCode = rows.every(isReached) ? 0 : 1;
});
// A client of Kafka can hold on to a broker that was killed under it; whatever was started has been ended by now.
process.exit();

async function runAll(
  benchmarks: readonly Benchmark[],
  stores: StoreAddresses,
  resultsDirectory: string,
): Promise<Row[]> {
  await mkdir(resultsDirectory, { recursive: true });
  const all: Row[] = [];
  for (const [index, benchmark] of benchmarks.entries()) {
    console.log(`\n${index + 1}/${benchmarks.length} ${benchmark.name}: ${benchmark.title}`);
    await benchmark.prepare?.();
    const system = await openDrillSystem({ system: () => benchmark.system ?? {} }, stores);
    try {
      const rows = await benchmark.run({ ...system, say: (line) => console.log(`  ${line}`) });
      console.log(renderRows(rows));
      const { name, title } = benchmark;
      const json = { name, title, machine: machine(), measuredAt: new Date().toISOString(), rows };
      await writeFile(join(resultsDirectory, `${name}.json`), `${JSON.stringify(json, undefined, 2)}\n`);
      await writeFile(join(resultsDirectory, `${name}.svg`), renderChart(title, rows));
      all.push(...rows);
    } finally {
      await system.close();
    }
  }
  return all;
}

function machine(): string {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${cpus()[0]?.model ?? arch()}), ${gibibytes} GiB, ${platform()}, Node ${process.version}`;
}
