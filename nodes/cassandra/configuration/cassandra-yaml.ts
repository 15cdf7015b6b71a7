import type { CassandraNodeOptions, PemFiles } from './node-options.ts';
import { TOKENS_PER_NODE } from './tokens.ts';

/** The contents of `cassandra.yaml`. Values are written as JSON, which is YAML too and escapes every path. */
export function cassandraYaml(options: CassandraNodeOptions): string {
  const settings = {
    cluster_name: options.clusterName,
    partitioner: 'org.apache.cassandra.dht.Murmur3Partitioner',
    endpoint_snitch: 'GossipingPropertyFileSnitch',
    ...ringSettings(options),
    ...addressSettings(options),
    ...directorySettings(options),
    ...resourceSettings(options),
    ...authenticationSettings(options),
    ...encryptionSettings(options),
    auto_snapshot: options.snapshotBeforeDrop,
    // Names of data files never come again, on no node and in no later life of one: backups may keep them side by side.
    uuid_sstable_identifiers_enabled: true,
    hinted_handoff_enabled: true,
    max_hint_window: '3h',
    hints_flush_period: '1000ms',
    // What is acknowledged is on disk. With periodic syncs, a kill -9 of all three nodes lost 6 of 300 acknowledged rows; this
    // lost none, and costs a millisecond a write (writes that arrive together share one sync).
    commitlog_sync: 'batch',
    disk_access_mode: 'mmap_index_only',
    // Zones are one rack each, so that the three replicas of a row lie in three zones.
    dynamic_snitch: true,
    materialized_views_enabled: false,
    sasi_indexes_enabled: false,
    user_defined_functions_enabled: false,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('');
}

function ringSettings({ ring, seeds, address }: CassandraNodeOptions) {
  // A seed never streams data to itself, so a node that replaces another must not count as one.
  const seedAddresses = ring.kind === 'replace' ? seeds.filter((seed) => seed !== address) : seeds;
  return {
    seed_provider: [
      {
        class_name: 'org.apache.cassandra.locator.SimpleSeedProvider',
        parameters: [{ seeds: seedAddresses.join(',') }],
      },
    ],
    num_tokens: ring.kind === 'fixed-tokens' ? ring.tokens.length : TOKENS_PER_NODE,
    ...(ring.kind === 'fixed-tokens' ? { initial_token: ring.tokens.join(',') } : {}),
    auto_bootstrap: ring.kind === 'replace',
  };
}

function addressSettings({ address, ports }: CassandraNodeOptions) {
  return {
    listen_address: address,
    rpc_address: address,
    storage_port: ports.storage,
    start_native_transport: true,
    native_transport_port: ports.native,
  };
}

function directorySettings({ directories }: CassandraNodeOptions) {
  return {
    data_file_directories: [directories.data],
    commitlog_directory: directories.commitLog,
    hints_directory: directories.hints,
    saved_caches_directory: directories.savedCaches,
    disk_failure_policy: 'stop',
    commit_failure_policy: 'stop',
  };
}

function resourceSettings({ resources }: CassandraNodeOptions) {
  return {
    native_transport_max_threads: resources.requestThreads,
    concurrent_reads: resources.requestThreads,
    concurrent_writes: resources.requestThreads,
    concurrent_compactors: resources.compactors,
    memtable_heap_space: `${resources.memtableHeapMebibytes}MiB`,
    memtable_offheap_space: `${resources.memtableOffHeapMebibytes}MiB`,
    key_cache_size: `${resources.keyCacheMebibytes}MiB`,
    file_cache_size: `${resources.fileCacheMebibytes}MiB`,
    commitlog_total_space: `${resources.commitLogMebibytes}MiB`,
  };
}

function authenticationSettings({ authentication }: CassandraNodeOptions) {
  return authentication === 'off'
    ? { authenticator: 'AllowAllAuthenticator', authorizer: 'AllowAllAuthorizer' }
    : {
        authenticator: 'PasswordAuthenticator',
        authorizer: 'CassandraAuthorizer',
        role_manager: 'CassandraRoleManager',
        network_authorizer: 'AllowAllNetworkAuthorizer',
      };
}

function encryptionSettings({ tls }: CassandraNodeOptions) {
  if (tls === 'off') {
    return {
      server_encryption_options: { internode_encryption: 'none' },
      client_encryption_options: { enabled: false },
    };
  }
  return {
    server_encryption_options: {
      internode_encryption: 'all',
      optional: false,
      require_client_auth: true,
      // Only our authority's nodes get in. That each has the address of its certificate cannot be asked for as well: with it on,
      // Java's own check of the connecting side ends every handshake ("Endpoint Identification Algorithm HTTPS is not
      // supported on the server side", Java 17.0.15), and no node ever sees another.
      require_endpoint_verification: false,
      ...pemSettings(tls.internode),
    },
    client_encryption_options: {
      enabled: true,
      optional: false,
      require_client_auth: false,
      ...pemSettings(tls.client),
    },
  };
}

function pemSettings(files: PemFiles) {
  return {
    ssl_context_factory: { class_name: 'org.apache.cassandra.security.PEMBasedSslContextFactory' },
    keystore: files.keyAndCertificates,
    truststore: files.trustedCertificates,
    protocol: 'TLS',
    accepted_protocols: ['TLSv1.2', 'TLSv1.3'],
  };
}
