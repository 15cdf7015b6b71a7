import type {
  CassandraAuthentication,
  CassandraTls,
} from '../../nodes/cassandra/configuration/node-options.ts';
import type { OwnedNodeControl } from '../processes/node-control.ts';

/** The three stores of the one-machine run; also the names that `npm run node` takes. */
export type StoreName = 'kafka' | 'cassandra' | 'dynamodb';

/**
 * One thing that start-up wants to tell. `step` is a short phrase for a person ("fetching jars", "waiting for 3 hosts");
 * `seconds` counts from the begin of that step. A `notice` is a sentence that is worth a line of its own (leftovers cleaned).
 */
export type StoreProgress =
  | { kind: 'step-started'; store: StoreName; step: string }
  | { kind: 'step-running'; store: StoreName; step: string; seconds: number; megabytes: number }
  | { kind: 'step-finished'; store: StoreName; step: string; seconds: number }
  | { kind: 'notice'; sentence: string };

export interface StartStoresOptions {
  /** Everything the stores write is below this folder; one run at a time may hold it. */
  dataDirectory: string;
  /** One broker and one node, replication factor 1, instead of three of each. */
  small: boolean;
  onProgress?: (progress: StoreProgress) => void;
  /** Where the stores' jars are kept; by default what `readLocalEnvironment` says. */
  cacheDirectory?: string;
  /** Aborting stops a start-up half way: every child is stopped and `startStores` rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Whether Ctrl-C and SIGTERM stop the stores and end this process (the default); see `stopOnSignals` for more than that. */
  stopOnSignals?: boolean;
  /** Java options for single brokers, by number from 1; what a drill does to a broker's clock. */
  kafka?: { javaOptions?: (brokerId: number) => BrokerJavaOptions };
  /** Passed through to the Cassandra nodes; both are off by default. */
  cassandra?: { authentication?: CassandraAuthentication; tls?: CassandraTls };
  /** Where DynamoDB Local keeps its data, for runs that throw theirs away; below `dataDirectory` by default. */
  dynamodb?: { dataDirectory?: string };
}

/** Beyond what every broker gets. */
export interface BrokerJavaOptions {
  /** Folders with classes that come before those of the jars. */
  classPath: readonly string[];
  /** For example `-Dname=value`. */
  options: readonly string[];
}

/** A broker's second way in: `proxyPort` is advertised to clients, `listenerPort` is where the broker itself listens. */
export interface ProxiedListener {
  brokerId: number;
  host: string;
  proxyPort: number;
  listenerPort: number;
}

/** Addresses of the running stores: plain JSON, so that a test's set-up can hand it to worker processes. */
export interface StoreAddresses {
  kafka: { brokers: string[]; proxiedListeners: ProxiedListener[] };
  cassandra: {
    contactPoints: string[];
    port: number;
    localDataCenter: string;
    /** What asks each node's nodetool, in order; the command's own words come behind it: "status". */
    nodetool: string[][];
  };
  dynamodb: { endpoint: string };
  /** 3, or 1 with `small`. */
  replicationFactor: number;
  /** Path of the unix socket that `connectNodeControl` takes. */
  controlSocket: string;
}

export interface RunningStores extends StoreAddresses {
  /** Stop, kill, pause, resume and start single nodes; other parts of the run (functions) can be registered here. */
  nodes: OwnedNodeControl;
  /** Stops every child, graceful first, within bounded time. Safe to call twice. */
  stop(): Promise<void>;
}
