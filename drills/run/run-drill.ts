import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreAddresses } from '../../local/stores/stores.ts';
import type { Drill, DrillContext, Finding } from '../drill.ts';
import type { LedgerReport } from '../ledger/ledger-report.ts';
import { Recorder } from '../ledger/recorder.ts';
import { Load } from '../load/load.ts';
import { type DrillSystem, openDrillSystem } from './drill-system.ts';
import { findingsOf } from './verdict.ts';

export interface RunDrillOptions {
  /** Addresses of running stores, all of them whole. */
  readonly stores: StoreAddresses;
  /** Observations and report are kept here, in a folder of the drill's name. */
  readonly resultsDirectory: string;
  readonly full?: boolean;
  /** A line for a person: what happens, with the seconds since the drill began. */
  readonly say: (line: string) => void;
}

export interface DrillResult {
  readonly name: string;
  readonly title: string;
  readonly seconds: number;
  /** One sentence; then nothing else was done. */
  readonly skipped?: string;
  readonly report?: LedgerReport;
  readonly findings: readonly Finding[];
  /** Every observation, a line of JSON each. */
  readonly observationsFile?: string;
}

export function keptAll({ findings }: DrillResult): boolean {
  return findings.every(({ kept }) => kept);
}

/**
 * Runs one drill on a system of its own. Whatever happens, the stores are whole again afterwards and nothing of the system is
 * left running.
 *
 * @throws {Error} when the drill itself could not be carried out, which proves nothing either way
 */
export async function runDrill(drill: Drill, options: RunDrillOptions): Promise<DrillResult> {
  const begunAt = performance.now();
  const seconds = () => (performance.now() - begunAt) / 1_000;
  const { name, title, bounds = {} } = drill;
  const skipped = await drill.skipped?.();
  if (skipped !== undefined) return { name, title, seconds: seconds(), skipped, findings: [] };

  const say = (line: string) => options.say(`${seconds().toFixed(1).padStart(7)} s  ${line}`);
  const results = join(options.resultsDirectory, name);
  await mkdir(results, { recursive: true });
  const observationsFile = join(results, 'observations.ndjson');
  const recorder = new Recorder(observationsFile);
  const loads: Load[] = [];
  let system: DrillSystem | undefined;
  try {
    system = await openDrillSystem(drill, options.stores);
    say('the system runs');
    const findings = await drill.run(
      contextOf({ system, recorder, loads, say, full: options.full ?? false }),
    );
    say('settling: history and screens are compared with what was acknowledged');
    for (const load of loads) await load.settle();
    const report = recorder.ledger.report();
    const result: DrillResult = {
      name,
      title,
      seconds: seconds(),
      report,
      findings: [...findingsOf(report, bounds), ...(findings ?? [])],
      observationsFile,
    };
    await writeFile(join(results, 'report.json'), `${JSON.stringify(result, undefined, 2)}\n`);
    return result;
  } finally {
    await Promise.all(loads.map((load) => load.close()));
    await system?.close();
    await recorder.close();
  }
}

function contextOf({
  system: { pingMe, stores, proxied, nodes, directory },
  recorder,
  loads,
  say,
  full,
}: {
  readonly system: DrillSystem;
  readonly recorder: Recorder;
  readonly loads: Load[];
  readonly say: (line: string) => void;
  readonly full: boolean;
}): DrillContext {
  return {
    pingMe,
    stores,
    proxied,
    nodes,
    recorder,
    directory,
    full,
    fault: async (text, act) => {
      recorder.record({ kind: 'fault', text });
      await act?.();
      say(`fault   ${text}`);
    },
    heal: async (text, act) => {
      await act?.();
      recorder.record({ kind: 'healed', text });
      say(`healed  ${text}`);
    },
    note: (text) => {
      recorder.record({ kind: 'note', text });
      say(`note    ${text}`);
    },
    load: async ({ origin = pingMe.url, ...options }) => {
      const load = await Load.begin(origin, recorder, options);
      loads.push(load);
      const { people, conversations, postsPerSecond } = options;
      say(`load    ${people} people in ${conversations} conversations, ${postsPerSecond} posts a second`);
      return load;
    },
  };
}
