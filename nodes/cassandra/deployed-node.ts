import type {
  CassandraDirectories,
  CassandraNodeOptions,
  CassandraResources,
  RingEntry,
} from './configuration/node-options.ts';
import { interleavedTokens } from './configuration/tokens.ts';

/** What tells one node of a deployed cluster from another, and what they share. Plain values: no token of a template. */
export interface DeployedNode {
  /** 1 to the number of addresses; its zone too: the rack is `az<number>`. */
  number: number;
  /** The fixed private addresses of all nodes, in order; they are the seeds too. */
  addresses: readonly string[];
  clusterName: string;
  /** What drivers name as `localDataCenter`; the region. */
  dataCenter: string;
  resources: CassandraResources;
}

/** Ports of a deployed node. Clients: 9042; nodes among themselves: 7000; JMX is bound to loopback. */
export const NODE_PORTS = { native: 9042, storage: 7000, jmx: 7199 } as const;

/** The data volume's mount point: all that must outlive the instance lies below it. */
export const DATA_MOUNT = '/var/lib/cassandra';
export const CONFIGURATION_FOLDER = '/etc/cassandra';
export const CERTIFICATE_FOLDER = '/etc/cassandra/certificates';

/** The two ways into the ring between which a node decides at its start; each has a folder of rendered files. */
export const RING_ENTRIES = ['fixed-tokens', 'replace'] as const satisfies readonly RingEntry['kind'][];

/** Where a deployed node keeps its files. */
export function deployedDirectories(entry: RingEntry['kind']): CassandraDirectories {
  return {
    configuration: `${CONFIGURATION_FOLDER}/${entry}`,
    jars: '/opt/cassandra/jars',
    data: `${DATA_MOUNT}/data`,
    commitLog: `${DATA_MOUNT}/commitlog`,
    hints: `${DATA_MOUNT}/hints`,
    savedCaches: `${DATA_MOUNT}/saved_caches`,
    logs: '/var/log/cassandra',
    temporary: '/var/lib/cassandra-tmp',
  };
}

/** Files that the certificates' script writes below `folder`: one certificate serves both kinds of links. */
export function certificateFiles(folder: string) {
  return {
    keyAndCertificates: `${folder}/node.pem`,
    trustedCertificates: `${folder}/trusted.pem`,
  };
}

/**
 * How a deployed node is configured: passwords asked for, roles on every node, TLS on both kinds of links. A test that runs
 * the nodes on one machine overrides ports and directories and nothing else.
 */
export function deployedNodeOptions(
  { number, addresses, clusterName, dataCenter, resources }: DeployedNode,
  entry: RingEntry['kind'],
): CassandraNodeOptions {
  const address = addresses[number - 1];
  if (address === undefined) throw new RangeError(`there is no node ${number}`);
  const pem = certificateFiles(CERTIFICATE_FOLDER);
  return {
    clusterName,
    address,
    ports: NODE_PORTS,
    seeds: addresses,
    dataCenter,
    rack: `az${number}`,
    ring:
      entry === 'replace'
        ? { kind: 'replace', address }
        : { kind: 'fixed-tokens', tokens: interleavedTokens(number, addresses.length) },
    ringDelayMilliseconds: 30_000,
    directories: deployedDirectories(entry),
    resources,
    authentication: 'password',
    authenticationReplicationFactor: addresses.length,
    tls: { internode: pem, client: pem },
    shutdownAnnouncementMilliseconds: 2_000,
    snapshotBeforeDrop: true,
  };
}
