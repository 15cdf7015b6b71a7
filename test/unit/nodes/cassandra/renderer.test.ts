import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CassandraNodeOptions,
  TWO_CORE_RESOURCES,
} from '../../../../nodes/cassandra/configuration/node-options.ts';
import { renderCassandraNode } from '../../../../nodes/cassandra/configuration/render-node.ts';
import { interleavedTokens } from '../../../../nodes/cassandra/configuration/tokens.ts';

const deployed: CassandraNodeOptions = {
  clusterName: 'ping-me',
  address: '10.0.3.10',
  ports: { native: 9042, storage: 7000, jmx: 7199 },
  seeds: ['10.0.1.10', '10.0.2.10', '10.0.3.10'],
  dataCenter: 'eu-west-1',
  rack: 'az3',
  ring: { kind: 'fixed-tokens', tokens: interleavedTokens(3, 3) },
  ringDelayMilliseconds: 30_000,
  directories: {
    configuration: '/etc/cassandra',
    jars: '/opt/cassandra jars',
    data: '/var/lib/cassandra/data',
    commitLog: '/var/lib/cassandra/commitlog',
    hints: '/var/lib/cassandra/hints',
    savedCaches: '/var/lib/cassandra/saved_caches',
    logs: '/var/log/cassandra',
    temporary: '/var/lib/cassandra/tmp',
  },
  resources: TWO_CORE_RESOURCES,
  authentication: 'password',
  authenticationReplicationFactor: 3,
  tls: {
    internode: { keyAndCertificates: '/etc/pki/node.pem', trustedCertificates: '/etc/pki/ca.pem' },
    client: { keyAndCertificates: '/etc/pki/client.pem', trustedCertificates: '/etc/pki/ca.pem' },
  },
  shutdownAnnouncementMilliseconds: 2_000,
  snapshotBeforeDrop: true,
};

const plain: CassandraNodeOptions = { ...deployed, authentication: 'off', tls: 'off' };

function fileOf(options: CassandraNodeOptions, name: string): string {
  const file = renderCassandraNode(options).find((rendered) => rendered.name === name);
  if (file === undefined) throw new Error(`no ${name}`);
  return file.contents;
}

/** Every line of the rendered yaml is a name and a JSON value. */
function yamlOf(options: CassandraNodeOptions): Record<string, unknown> {
  const lines = fileOf(options, 'cassandra.yaml').trimEnd().split('\n');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(': ')), JSON.parse(line.slice(line.indexOf(': ') + 2))]),
  );
}

/** The arguments as Java reads them from the file. */
function argumentsOf(options: CassandraNodeOptions): string[] {
  return fileOf(options, 'jvm.arguments')
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(1, -1).replaceAll(/\\(.)/g, '$1'));
}

describe('the Cassandra node renderer', () => {
  it('puts a node at its own address and ports, in its own rack', () => {
    expect(yamlOf(deployed)).toMatchObject({
      listen_address: '10.0.3.10',
      rpc_address: '10.0.3.10',
      storage_port: 7000,
      native_transport_port: 9042,
      data_file_directories: ['/var/lib/cassandra/data'],
      num_tokens: 16,
      initial_token: interleavedTokens(3, 3).join(','),
      auto_bootstrap: false,
      auto_snapshot: true,
    });
    expect(JSON.stringify(yamlOf(deployed).seed_provider)).toContain('10.0.1.10,10.0.2.10,10.0.3.10');
    expect(fileOf(deployed, 'cassandra-rackdc.properties')).toBe('dc=eu-west-1\nrack=az3\n');
    expect(argumentsOf(deployed)).toContain('-Dcassandra.jmx.local.port=7199');
  });

  it('acknowledges only what is on disk', () => {
    expect(yamlOf(deployed)).toMatchObject({ commitlog_sync: 'batch' });
  });

  it('asks for passwords, and keeps the roles on as many nodes as it is told', () => {
    expect(yamlOf(deployed)).toMatchObject({
      authenticator: 'PasswordAuthenticator',
      authorizer: 'CassandraAuthorizer',
    });
    expect(argumentsOf(deployed)).toContain('-Dcassandra.system_auth.default_rf=3');
    expect(yamlOf(plain)).toMatchObject({ authenticator: 'AllowAllAuthenticator' });
    expect(argumentsOf(plain).join()).not.toContain('system_auth');
  });

  it('encrypts both kinds of links from PEM files, and neither when TLS is off', () => {
    expect(yamlOf(deployed)).toMatchObject({
      server_encryption_options: {
        internode_encryption: 'all',
        require_client_auth: true,
        keystore: '/etc/pki/node.pem',
        truststore: '/etc/pki/ca.pem',
      },
      client_encryption_options: { enabled: true, optional: false, keystore: '/etc/pki/client.pem' },
    });
    expect(yamlOf(plain)).toMatchObject({
      server_encryption_options: { internode_encryption: 'none' },
      client_encryption_options: { enabled: false },
    });
  });

  it('lets a node that lost its data take over a dead one, streaming from the others', () => {
    const replacement: CassandraNodeOptions = {
      ...deployed,
      ring: { kind: 'replace', address: '10.0.3.10' },
    };
    const yaml = yamlOf(replacement);
    expect(yaml).toMatchObject({ auto_bootstrap: true, num_tokens: 16 });
    expect(yaml).not.toHaveProperty('initial_token');
    expect(JSON.stringify(yaml.seed_provider)).toContain('"10.0.1.10,10.0.2.10"');
    const jvm = argumentsOf(replacement);
    expect(jvm).toContain('-Dcassandra.replace_address_first_boot=10.0.3.10');
    expect(jvm).toContain('-Dcassandra.ring_delay_ms=30000');
    expect(jvm.join()).not.toContain('skip_wait_for_gossip_to_settle');
  });

  it('survives any path: arguments come back as they were', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (name) => {
        const options = { ...plain, directories: { ...plain.directories, jars: `/opt/${name}` } };
        expect(argumentsOf(options)).toContain(`${options.directories.configuration}:/opt/${name}/*`);
      }),
    );
  });
});

describe('interleaved tokens', () => {
  it('divide the ring evenly, one node after the other', () => {
    const ring = [1, 2, 3].flatMap((node) =>
      interleavedTokens(node, 3).map((token) => ({ node, token: BigInt(token) })),
    );
    ring.sort((a, b) => (a.token < b.token ? -1 : 1));
    expect(ring.map(({ node }) => node)).toEqual(Array.from({ length: 16 }, () => [1, 2, 3]).flat());
    const gaps = new Set(ring.slice(1).map(({ token }, index) => token - ring[index]!.token));
    expect([...gaps]).toEqual([2n ** 64n / 48n]);
    expect(ring[0]!.token).toBe(-(2n ** 63n) + 1n);
  });

  it('refuses a node that is not of the ring', () => {
    expect(() => interleavedTokens(4, 3)).toThrow(RangeError);
    expect(() => interleavedTokens(0, 3)).toThrow(RangeError);
  });
});
