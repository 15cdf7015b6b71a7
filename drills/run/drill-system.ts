import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProxiedBrokers, type ProxiedBrokers } from '../../local/faults/proxied-brokers.ts';
import { connectNodeControl } from '../../local/processes/control-client.ts';
import { jointControl } from '../../local/processes/joint-control.ts';
import type { NodeControl } from '../../local/processes/node-control.ts';
import { type PingMe, startPingMe } from '../../local/run/ping-me.ts';
import { startStores } from '../../local/stores/start-stores.ts';
import type { StoreAddresses } from '../../local/stores/stores.ts';
import type { Drill } from '../drill.ts';
import { healAll } from './heal-all.ts';

/** What a drill runs on: topics, keyspace, tables and processes that nobody else uses. */
export interface DrillSystem {
  readonly pingMe: PingMe;
  readonly stores: StoreAddresses;
  readonly proxied: ProxiedBrokers | undefined;
  readonly nodes: NodeControl;
  /** The drill's own folder, gone after `close`. */
  readonly directory: string;
  /** Ends the system; stores that others use too are whole again afterwards. */
  close(): Promise<void>;
}

/** What a drill may say about its system. */
export type SystemNeeds = Pick<Drill, 'system' | 'ownStores' | 'throughProxies'>;

/** @param shared stores that it runs on unless it asks for some of its own */
export async function openDrillSystem(drill: SystemNeeds, shared: StoreAddresses): Promise<DrillSystem> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    const directory = await mkdtemp(join(tmpdir(), 'ping-me-drill-'));
    // Ctrl-C ends the process without coming back here.
    const removeAtExit = () => rmSync(directory, { recursive: true, force: true });
    process.once('exit', removeAtExit);
    undo.push(async () => {
      await rm(directory, { recursive: true, force: true });
      process.off('exit', removeAtExit);
    });
    let stores = shared;
    if (drill.ownStores === undefined) undo.push(() => healAll(connectNodeControl(shared.controlSocket)));
    else {
      const own = await startStores({
        ...(await drill.ownStores(directory)),
        dataDirectory: join(directory, 'stores'),
        small: false,
        stopOnSignals: false,
      });
      undo.push(() => own.stop());
      stores = own;
    }
    let proxied: ProxiedBrokers | undefined;
    if (drill.throughProxies === true) {
      proxied = await openProxiedBrokers(stores.kafka.proxiedListeners);
      undo.push(() => proxied?.close() ?? Promise.resolve());
    }
    const pingMe = await start(drill, stores, proxied, directory);
    undo.push(() => pingMe.stop());
    const own = new Set(pingMe.parts.map(({ part }) => part));
    const nodes = jointControl(pingMe.control, own, connectNodeControl(stores.controlSocket));
    return { pingMe, stores, proxied, nodes, directory, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function start(
  drill: SystemNeeds,
  stores: StoreAddresses,
  proxied: ProxiedBrokers | undefined,
  dataDirectory: string,
): Promise<PingMe> {
  const id = `d${randomBytes(4).toString('hex')}`;
  const system = drill.system?.(stores) ?? {};
  return startPingMe({
    ...system,
    // All the people come from one address.
    settings: { ADDRESS_LIMIT_FACTOR: '1000', ...system.settings },
    stores: { ...stores, kafka: { ...stores.kafka, brokers: proxied?.brokers ?? stores.kafka.brokers } },
    dataDirectory,
    topicPrefix: `${id}-`,
    tablePrefix: `${id}-`,
    keyspace: id,
  });
}
