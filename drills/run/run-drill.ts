import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProxiedBrokers, type ProxiedBrokers } from '../../local/faults/proxied-brokers.ts';
import { connectNodeControl } from '../../local/processes/control-client.ts';
import { jointControl } from '../../local/processes/joint-control.ts';
import { type PingMe, startPingMe } from '../../local/run/ping-me.ts';
import type { StoreAddresses } from '../../local/stores/stores.ts';
import type { Drill, DrillContext, Finding } from '../drill.ts';
import type { LedgerReport } from '../ledger/ledger-report.ts';
import { Recorder } from '../ledger/recorder.ts';
import { Load } from '../load/load.ts';
import { healAll } from './heal-all.ts';
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
 * Runs one drill on a system of its own: topics, keyspace, tables and processes that nobody else uses. Whatever happens, the
 * stores are whole again afterwards and nothing of the system is left running.
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
  const directory = await mkdtemp(join(tmpdir(), 'ping-me-drill-'));
  const recorder = new Recorder(observationsFile);
  const storeControl = connectNodeControl(options.stores.controlSocket);
  let pingMe: PingMe | undefined;
  let proxied: ProxiedBrokers | undefined;
  const loads: Load[] = [];
  try {
    const id = `d${randomBytes(4).toString('hex')}`;
    const system = drill.system?.(options.stores) ?? {};
    if (drill.throughProxies === true)
      proxied = await openProxiedBrokers(options.stores.kafka.proxiedListeners);
    const { kafka } = options.stores;
    pingMe = await startPingMe({
      ...system,
      // All the people come from one address.
      settings: { ADDRESS_LIMIT_FACTOR: '1000', ...system.settings },
      stores: { ...options.stores, kafka: { ...kafka, brokers: proxied?.brokers ?? kafka.brokers } },
      dataDirectory: directory,
      topicPrefix: `${id}-`,
      tablePrefix: `${id}-`,
      keyspace: id,
    });
    say('the system runs');
    const own = new Set(pingMe.parts.map(({ part }) => part));
    const nodes = jointControl(pingMe.control, own, storeControl);
    const context = contextOf({ ...options, pingMe, proxied, nodes, recorder, directory, loads, say });
    const findings = await drill.run(context);
    for (const load of loads) {
      say('settling: history and screens are compared with what was acknowledged');
      await load.settle();
    }
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
    await pingMe?.stop();
    await proxied?.close();
    await healAll(storeControl);
    await recorder.close();
    await rm(directory, { recursive: true, force: true });
  }
}

function contextOf({
  pingMe,
  proxied,
  stores,
  nodes,
  recorder,
  directory,
  full = false,
  loads,
  say,
}: RunDrillOptions & {
  readonly pingMe: PingMe;
  readonly proxied: ProxiedBrokers | undefined;
  readonly nodes: DrillContext['nodes'];
  readonly recorder: Recorder;
  readonly directory: string;
  readonly loads: Load[];
}): DrillContext {
  const mark =
    (kind: 'fault' | 'healed') =>
    async (text: string, act: () => Promise<unknown> = async () => undefined): Promise<void> => {
      if (kind === 'fault') recorder.record({ kind, text });
      await act();
      if (kind === 'healed') recorder.record({ kind, text });
      say(`${kind === 'fault' ? 'fault ' : 'healed'}  ${text}`);
    };
  return {
    pingMe,
    proxied,
    stores,
    nodes,
    recorder,
    directory,
    full,
    fault: mark('fault'),
    heal: mark('healed'),
    note: (text) => {
      recorder.record({ kind: 'note', text });
      say(`note    ${text}`);
    },
    load: async ({ origin = pingMe.url, ...options }) => {
      const load = await Load.begin(origin, recorder, options);
      loads.push(load);
      say(
        `load    ${options.people} people in ${options.conversations} conversations, ${options.postsPerSecond} posts a second`,
      );
      return load;
    },
  };
}
