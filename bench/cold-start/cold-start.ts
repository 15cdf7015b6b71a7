import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { promisify } from 'node:util';
import { FUNCTION_NAMES } from '../../core/contract/functions.ts';
import { quantile } from '../../drills/run/quantile.ts';
import { BUNDLE_KILOBYTES } from '../../local/functions/bundle-budgets.ts';
import { buildAllFunctions } from '../../local/run/build-all-functions.ts';
import type { Benchmark, Row } from '../benchmark.ts';
import { rowOfRuns } from '../run/row-of-runs.ts';

const RUNS = 7;

/** Milliseconds from the start of a Node process to its end, with a module loaded or with nothing to do. */
async function start(bundle: string | undefined): Promise<number> {
  const code = bundle === undefined ? '' : `import(${JSON.stringify(bundle)}).then(() => process.exit(0))`;
  const begunAt = performance.now();
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], { env: {} });
  return performance.now() - begunAt;
}

export const coldStart: Benchmark = {
  name: 'cold-start',
  title: "cold start of each function's bundle, beside Node's own start",
  run: async ({ say }) => {
    const built = await buildAllFunctions();
    const rows: Row[] = [];
    for (const name of FUNCTION_NAMES) {
      const bundle = built.bundleOf(name);
      const runs: { ours: number; theirs: number }[] = [];
      for (let run = 0; run <= RUNS; run += 1) {
        const measured = { ours: await start(bundle), theirs: await start(undefined) };
        // The first one fills the disk's cache.
        if (run > 0) runs.push(measured);
      }
      const kilobytes = Math.round(statSync(bundle).size / 1_000);
      rows.push(
        rowOfRuns({
          what: `${name} (${kilobytes} KB of at most ${BUNDLE_KILOBYTES[name]})`,
          beside: "Node's own start",
          unit: 'ms',
          bound: undefined,
          runs,
        }),
      );
    }
    const loads = rows.map(({ ours, theirs }) => ours - theirs);
    say(
      `loading a bundle takes ${quantile(loads, 0.5).toFixed(0)} ms in the middle, ${Math.max(...loads).toFixed(0)} ms at most`,
    );
    return rows;
  },
};
