/** How clients prove who they are. `password`: roles kept in `system_auth`; a new cluster has the superuser `cassandra`. */
export type CassandraAuthentication = 'off' | 'password';

/** Paths of PEM files on the node: one holds the private key followed by its certificate chain, the other the trusted CAs. */
export interface PemFiles {
  keyAndCertificates: string;
  trustedCertificates: string;
}

/**
 * `internode` secures the links between nodes (both sides prove themselves), `client` what the drivers talk to. Cassandra
 * reads the files again by itself when they change, so that a renewal needs no restart.
 */
export type CassandraTls = 'off' | { internode: PemFiles; client: PemFiles };

/** Absolute paths on the node. All but `jars` are written by Cassandra or by whoever starts it, and must exist beforehand. */
export interface CassandraDirectories {
  /** Holds the rendered files; first on the classpath, because Cassandra finds its configuration there. */
  configuration: string;
  jars: string;
  data: string;
  commitLog: string;
  hints: string;
  savedCaches: string;
  logs: string;
  /** Native libraries are unpacked here at start. */
  temporary: string;
}

/** What one node may use. Sizes are in mebibytes. */
export interface CassandraResources {
  heapMebibytes: number;
  /** `serial` costs least; `g1` keeps the pauses of a heap of gigabytes short, on two cores or more. */
  garbageCollector: 'serial' | 'g1';
  memtableHeapMebibytes: number;
  memtableOffHeapMebibytes: number;
  keyCacheMebibytes: number;
  fileCacheMebibytes: number;
  commitLogMebibytes: number;
  /** Threads that serve drivers, reads and writes (each kind has this many), and compactions. */
  requestThreads: number;
  compactors: number;
  /** C1 only: half the time to start and no slow first requests, for some of the peak throughput. */
  quickJustInTimeCompiler: boolean;
}

/** What was measured to suit three nodes that share two cores: 840–890 MB resident each. */
export const TWO_CORE_RESOURCES: CassandraResources = {
  heapMebibytes: 512,
  garbageCollector: 'serial',
  memtableHeapMebibytes: 128,
  memtableOffHeapMebibytes: 128,
  keyCacheMebibytes: 16,
  fileCacheMebibytes: 64,
  commitLogMebibytes: 512,
  requestThreads: 4,
  compactors: 1,
  quickJustInTimeCompiler: true,
};

/**
 * A machine of its own with 2 cores and 8 GiB (m7g.large, m6g.large, t4g.large): 3 GiB of heap, about 1 GiB off it for memtables
 * and file cache, and the rest for the system's page cache, which serves most reads. Chosen, not measured: no account was at hand.
 */
export const EIGHT_GIBIBYTE_RESOURCES: CassandraResources = {
  heapMebibytes: 3_072,
  garbageCollector: 'g1',
  memtableHeapMebibytes: 768,
  memtableOffHeapMebibytes: 512,
  keyCacheMebibytes: 100,
  fileCacheMebibytes: 512,
  commitLogMebibytes: 4_096,
  requestThreads: 32,
  compactors: 2,
  quickJustInTimeCompiler: false,
};

/**
 * How a node takes its place in the ring.
 * - `fixed-tokens`: right for the first creation of a cluster and for a node whose data survived; all nodes may start at once.
 * - `replace`: the node lost its data and takes over the tokens of the dead node at `address`, streaming its data from the
 *   others. Needs those others up, and only counts at the first start with empty directories.
 */
export type RingEntry =
  | { kind: 'fixed-tokens'; tokens: readonly string[] }
  | { kind: 'replace'; address: string };

export interface CassandraNodeOptions {
  clusterName: string;
  /** The one address that this node listens at, for nodes and for clients. */
  address: string;
  ports: { native: number; storage: number; jmx: number };
  /** Addresses without ports; the storage port is the same everywhere. */
  seeds: readonly string[];
  dataCenter: string;
  rack: string;
  ring: RingEntry;
  /**
   * How long a node waits for what the others say of the ring (30,000 is Cassandra's default). A seed that hears nothing in
   * that time starts all the same: shorter than a busy node takes to answer, it also switches off Cassandra's own refusal to
   * start a second node at a member's address, and reads then find holes (seen with 1 ms on a busy machine).
   */
  ringDelayMilliseconds: number;
  directories: CassandraDirectories;
  resources: CassandraResources;
  authentication: CassandraAuthentication;
  /** Copies of the roles when authentication is on: with one copy, one dead node would stop log-ins. */
  authenticationReplicationFactor: number;
  tls: CassandraTls;
  /**
   * How long a node that stops in order goes on after it has told the others (2,000 is Cassandra's default). Nodes that stop at
   * the same time wait for each other's connections for long unless this is short.
   */
  shutdownAnnouncementMilliseconds: number;
  /** Keep a snapshot of a table that is dropped or truncated. */
  snapshotBeforeDrop: boolean;
}

/** A file to write into the configuration directory. */
export interface RenderedFile {
  name: string;
  contents: string;
}
