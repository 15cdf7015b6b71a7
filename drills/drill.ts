import type { ProxiedBrokers } from '../local/faults/proxied-brokers.ts';
import type { NodeControl } from '../local/processes/node-control.ts';
import type { PingMe, StartPingMeOptions } from '../local/run/ping-me.ts';
import type { StartStoresOptions, StoreAddresses } from '../local/stores/stores.ts';
import type { Recorder } from './ledger/recorder.ts';
import type { Load, LoadOptions } from './load/load.ts';

/** A promise, and whether the run kept it. */
export interface Finding {
  readonly promise: string;
  readonly kept: boolean;
  /** What was measured, for a person. */
  readonly measured: string;
  /** About time, which a busy machine breaks without any cause of ours. */
  readonly ofTime?: true;
}

/** Upper bounds of what the ledger reports, in milliseconds; only those that are promised. */
export interface Bounds {
  /** How long nobody gets an acknowledgement. */
  readonly silenceMs?: number;
  /** How long one message waits for its acknowledgement. */
  readonly waitMs?: number;
  /** How long it takes until a try is refused. */
  readonly refusalMs?: number;
  /** How long it takes, once all is healed, until what was sent before is stored and on every screen. */
  readonly recoveryMs?: number;
}

/** What a drill works with; everything in it is gone when the drill has ended. */
export interface DrillContext {
  readonly pingMe: PingMe;
  readonly stores: StoreAddresses;
  /** Between functions and brokers, where the drill asks for it. */
  readonly proxied: ProxiedBrokers | undefined;
  /** Stores and functions of this run, by the names of `npm run node`. */
  readonly nodes: NodeControl;
  readonly recorder: Recorder;
  /** A folder of the drill's own. */
  readonly directory: string;
  /** Whether the long variant is asked for. */
  readonly full: boolean;
  /** Begins a load; it is settled and closed when the drill has ended, unless the drill does so itself. */
  load(options: LoadOptions & { readonly origin?: string }): Promise<Load>;
  /** Does what breaks something, and writes it down. */
  fault(text: string, act?: () => Promise<unknown>): Promise<void>;
  /** Does what makes it whole again, and writes it down once that is done. */
  heal(text: string, act?: () => Promise<unknown>): Promise<void>;
  note(text: string): void;
}

export interface Drill {
  /** What `npm run drill -- <name>` takes. */
  readonly name: string;
  /** What breaks, in a few words. */
  readonly title: string;
  readonly bounds?: Bounds;
  /** How the system is started, where it matters. */
  readonly system?: (
    stores: StoreAddresses,
  ) => Pick<StartPingMeOptions, 'likeLambda' | 'settings' | 'socketLimits'>;
  /** Whether functions reach the brokers through proxies that cut connections. */
  readonly throughProxies?: boolean;
  /** For a drill that needs stores of its own: how they are started. `directory` is the drill's own. */
  readonly ownStores?: (directory: string) => Promise<Pick<StartStoresOptions, 'kafka' | 'cassandra'>>;
  /** Why it can not run here, as a sentence; undefined where it can. */
  readonly skipped?: () => Promise<string | undefined>;
  /** Breaks and heals. What is promised beyond the ledger comes back as findings. */
  run(context: DrillContext): Promise<readonly Finding[] | undefined>;
}
