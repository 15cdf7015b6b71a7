import { describe, expect, it } from 'vitest';
import { CASSANDRA_TABLES, type CassandraTableDeclaration } from '../../core/contract/cassandra-tables.ts';
import { DYNAMODB_TABLES } from '../../core/contract/dynamodb-tables.ts';
import { createTableCql } from '../../lambdas/adapters/cassandra/schema-cql.ts';
import {
  EMULATOR,
  EXISTING_CASSANDRA,
  EXISTING_CLUSTER,
  EXISTING_SERVERS,
  EXISTING_VPC,
  KEPT_CLUSTER,
  KEPT_NODES,
} from './support/choices.ts';
import { ofType } from './support/resources.ts';
import { type Synthesized, type SynthesizedTemplate, synthesize } from './support/synthesize.ts';

let synthesized: Synthesized;
const stack = (name: string): SynthesizedTemplate => synthesized.templates[name] ?? {};
const only = (template: SynthesizedTemplate, type: string) => {
  const found = ofType(template, type);
  expect(found, type).toHaveLength(1);
  return found[0]?.[1].Properties ?? {};
};

describe('Kafka', () => {
  it('is three brokers with KRaft, IAM and TLS only, encrypted, that make no topic by themselves', () => {
    synthesized = synthesize();
    const cluster = only(stack('Log'), 'AWS::MSK::Cluster');
    expect(cluster).toMatchObject({
      KafkaVersion: expect.stringMatching(/\.kraft$/),
      NumberOfBrokerNodes: 3,
      ClientAuthentication: { Sasl: { Iam: { Enabled: true } }, Unauthenticated: { Enabled: false } },
      EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true } },
      LoggingInfo: { BrokerLogs: { CloudWatchLogs: { Enabled: true } } },
    });
    expect((cluster.BrokerNodeGroupInfo as { ClientSubnets: unknown[] }).ClientSubnets).toHaveLength(3);
    expect(only(stack('Log'), 'AWS::MSK::Configuration').ServerProperties).toContain(
      'auto.create.topics.enable=false\n',
    );
    only(stack('Log'), 'AWS::ApplicationAutoScaling::ScalableTarget');
  });
});

describe('DynamoDB', () => {
  it.each(['dev', 'prod'] as const)(
    'has the declared tables in %s: keys, expiry, recovery, protection',
    (profile) => {
      synthesized = synthesize({ profile });
      const tables = ofType(stack('State'), 'AWS::DynamoDB::Table');
      expect(tables).toHaveLength(Object.keys(DYNAMODB_TABLES).length);
      for (const [name, declared] of Object.entries(DYNAMODB_TABLES)) {
        const [, table] = tables.find(([id]) => id.startsWith(`State${name}`)) ?? [];
        expect(table, name).toMatchObject({
          DeletionPolicy: profile === 'prod' ? 'Retain' : 'Delete',
          Properties: {
            KeySchema: [
              { AttributeName: declared.partitionKey, KeyType: 'HASH' },
              ...(declared.sortKey === undefined
                ? []
                : [{ AttributeName: declared.sortKey, KeyType: 'RANGE' }]),
            ],
            BillingMode: 'PAY_PER_REQUEST',
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: declared.pointInTimeRecovery },
            DeletionProtectionEnabled: profile === 'prod',
            ...(declared.timeToLive === undefined
              ? {}
              : { TimeToLiveSpecification: { AttributeName: declared.timeToLive, Enabled: true } }),
          },
        });
        if (declared.timeToLive === undefined)
          expect(table?.Properties).not.toHaveProperty('TimeToLiveSpecification');
      }
    },
  );

  it('takes over a table that an earlier deployment left behind', () => {
    synthesized = synthesize({ 'restore.tables.identities': 'PingMe-State-identities-1A2B' });
    expect(ofType(stack('State'), 'AWS::DynamoDB::Table')).toHaveLength(
      Object.keys(DYNAMODB_TABLES).length - 1,
    );
    expect(JSON.stringify(stack('Api'))).toContain('"TABLE_IDENTITIES":"PingMe-State-identities-1A2B"');
  });
});

describe('Keyspaces', () => {
  it('has the declared tables, with client timestamps, recovery, and expiry only where rows expire', () => {
    synthesized = synthesize({ database: 'keyspaces' });
    const found = ofType(stack('Database'), 'AWS::Cassandra::Table').map(([, { Properties }]) => Properties);
    expect(found.map((table) => table.TableName).sort()).toEqual(Object.keys(CASSANDRA_TABLES).sort());
    for (const [name, declared] of Object.entries<CassandraTableDeclaration>(CASSANDRA_TABLES)) {
      const table = found.find((candidate) => candidate.TableName === name) ?? {};
      expect(table).toMatchObject({ ClientSideTimestampsEnabled: true, PointInTimeRecoveryEnabled: true });
      expect('DefaultTimeToLive' in table, name).toBe(declared.rowsExpire === true);
      // The very table that the set-up function would make.
      expect(columnsOf(cqlOf(table))).toEqual(columnsOf(createTableCql(name, declared, 'keyspaces')));
      expect(cqlOf(table).split('PRIMARY KEY')[1]).toBe(
        createTableCql(name, declared, 'keyspaces').split('PRIMARY KEY')[1],
      );
    }
  });
});

interface KeyspacesColumn {
  readonly ColumnName: string;
  readonly ColumnType: string;
}

/** A table's properties as the CQL that makes it. */
function cqlOf(table: Record<string, unknown>): string {
  const partition = table.PartitionKeyColumns as KeyspacesColumn[];
  const clustering = (table.ClusteringKeyColumns ?? []) as { Column: KeyspacesColumn; OrderBy: string }[];
  const regular = (table.RegularColumns ?? []) as KeyspacesColumn[];
  const columns = [...partition, ...clustering.map(({ Column }) => Column), ...regular];
  const key = [
    `(${partition.map(({ ColumnName }) => ColumnName).join(', ')})`,
    ...clustering.map(({ Column }) => Column.ColumnName),
  ].join(', ');
  const order = clustering.map(({ Column, OrderBy }) => `${Column.ColumnName} ${OrderBy}`).join(', ');
  const options = [
    ...(order === '' ? [] : [`CLUSTERING ORDER BY (${order})`]),
    ...('DefaultTimeToLive' in table ? [`default_time_to_live = ${String(table.DefaultTimeToLive)}`] : []),
    `CUSTOM_PROPERTIES = ${customPropertiesOf(table)}`,
  ];
  return `(${columns.map(({ ColumnName, ColumnType }) => `${ColumnName} ${ColumnType}`).join(', ')}, PRIMARY KEY (${key}))${
    options.length === 0 ? '' : ` WITH ${options.join(' AND ')}`
  }`;
}

function customPropertiesOf(table: Record<string, unknown>): string {
  const enabled = (property: string) => (table[property] === true ? 'enabled' : 'disabled');
  const { Mode } = table.BillingMode as { Mode: string };
  const properties = {
    capacity_mode: { throughput_mode: Mode === 'ON_DEMAND' ? 'PAY_PER_REQUEST' : Mode },
    point_in_time_recovery: { status: enabled('PointInTimeRecoveryEnabled') },
    client_side_timestamps: { status: enabled('ClientSideTimestampsEnabled') },
  };
  return JSON.stringify(properties)
    .replace(/"/g, "'")
    .replace(/([:,])/g, '$1 ');
}

function columnsOf(cql: string): string[] {
  return (/\((.*), PRIMARY KEY/.exec(cql)?.[1] ?? '').split(', ').sort();
}

describe('Cassandra on EC2', () => {
  it('is three nodes that heal themselves, each in a zone, with its own address and encrypted volume', () => {
    synthesized = synthesize();
    const database = stack('Database');
    expect(
      ofType(database, 'AWS::EC2::NetworkInterface').map(([, { Properties }]) => Properties.PrivateIpAddress),
    ).toEqual(['10.42.48.10', '10.42.48.42', '10.42.48.74']);
    const groups = ofType(database, 'AWS::AutoScaling::AutoScalingGroup');
    expect(groups).toHaveLength(3);
    for (const [, group] of groups) {
      expect(group.Properties).toMatchObject({ MaxSize: '1', DesiredCapacity: '1' });
      expect(group.Properties.AvailabilityZones).toHaveLength(1);
      // A list of subnets would give the instance another interface.
      expect(group.Properties).not.toHaveProperty('VPCZoneIdentifier');
      expect(group.UpdatePolicy).toMatchObject({
        AutoScalingRollingUpdate: { MinInstancesInService: 0, MaxBatchSize: 1 },
      });
    }
    for (const [, volume] of ofType(database, 'AWS::EC2::Volume')) {
      expect(volume.Properties).toMatchObject({ Encrypted: true, VolumeType: 'gp3' });
    }
    for (const [, { Properties }] of ofType(database, 'AWS::EC2::LaunchTemplate')) {
      expect(Properties.LaunchTemplateData).toMatchObject({
        MetadataOptions: { HttpTokens: 'required' },
        NetworkInterfaces: [{ DeviceIndex: 0 }],
      });
      expect(Properties.LaunchTemplateData).not.toHaveProperty('KeyName');
    }
  });

  it('boots from user data that fits: 16 KB at most', () => {
    synthesized = synthesize();
    for (const [, { Properties }] of ofType(stack('Database'), 'AWS::EC2::LaunchTemplate')) {
      expect(
        JSON.stringify((Properties.LaunchTemplateData as { UserData: unknown }).UserData).length,
      ).toBeLessThan(8_000);
    }
  });

  it('keeps the image it has: the newest is asked for once, another is chosen by its id', () => {
    synthesized = synthesize();
    const first = only(stack('Database'), 'Custom::FirstMachineImage');
    synthesized = synthesize({ profile: 'prod' });
    expect(only(stack('Database'), 'Custom::FirstMachineImage')).toEqual(first);
    synthesized = synthesize({ ami: 'ami-0a1b2c3d4e5f60718' });
    expect(ofType(stack('Database'), 'Custom::FirstMachineImage')).toEqual([]);
    const [[, template] = []] = ofType(stack('Database'), 'AWS::EC2::LaunchTemplate');
    expect(template?.Properties.LaunchTemplateData).toMatchObject({ ImageId: 'ami-0a1b2c3d4e5f60718' });
  });

  it('ends its volumes in snapshots in prod, and begins them from snapshots where it is told to', () => {
    synthesized = synthesize({ profile: 'prod', ...KEPT_CLUSTER, ...KEPT_NODES });
    const volumes = ofType(stack('Database'), 'AWS::EC2::Volume');
    expect(volumes.map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual([
      'Snapshot',
      'Snapshot',
      'Snapshot',
    ]);
    expect(volumes.map(([, { Properties }]) => Properties.SnapshotId)).toEqual(
      KEPT_NODES['restore.snapshots'].split(','),
    );
  });

  it('makes a lost volume anew, and touches no other node for it', () => {
    const idsWith = (choices: Record<string, unknown>) => {
      synthesized = synthesize(choices);
      const volumes = ofType(stack('Database'), 'AWS::EC2::Volume').map(([id]) => id);
      const templates = ofType(stack('Database'), 'AWS::EC2::LaunchTemplate').map(([, { Properties }]) =>
        JSON.stringify(Properties),
      );
      return { volumes, templates };
    };
    const before = idsWith({});
    const after = idsWith({ volumeGenerations: '1,2,1' });
    const changed = (list: readonly string[], other: readonly string[]) =>
      list.map((each, index) => each !== other[index]);
    expect(changed(after.volumes, before.volumes)).toEqual([false, true, false]);
    expect(changed(after.templates, before.templates)).toEqual([false, true, false]);
  });

  it('gives a node its own certificate alone', () => {
    synthesized = synthesize();
    const database = stack('Database');
    const policies = ofType(database, 'AWS::IAM::Policy').filter(
      ([id]) => id.includes('RoleDefaultPolicy') && /Node\d/.test(id),
    );
    expect(policies).toHaveLength(3);
    for (const [id, { Properties }] of policies) {
      const number = /Node(\d)/.exec(id)?.[1];
      const named = [...JSON.stringify(Properties).matchAll(/"(DatabaseSecrets\w+)"/g)].map(
        ([, secret]) => secret,
      );
      expect(named.length).toBeGreaterThan(0);
      for (const secret of named) expect(secret).toMatch(new RegExp(`^DatabaseSecretsNode${number}`));
    }
  });
});

describe('brokers of the user’s', () => {
  const mappings = () =>
    ofType(stack('Api'), 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);

  it('are read over their addresses with their password, from the subnets where they are', () => {
    synthesized = synthesize({ ...EXISTING_SERVERS, ...EXISTING_CASSANDRA, ...EXISTING_VPC });
    expect(mappings()).toHaveLength(3);
    for (const mapping of mappings()) {
      expect(mapping).not.toHaveProperty('EventSourceArn');
      expect(mapping).toMatchObject({
        SelfManagedEventSource: {
          Endpoints: { KafkaBootstrapServers: ['b-1.example.com:9096', 'b-2.example.com:9096'] },
        },
        SourceAccessConfigurations: [
          ...EXISTING_VPC['existing.subnets']
            .split(',')
            .map((id) => ({ Type: 'VPC_SUBNET', URI: `subnet:${id}` })),
          { Type: 'VPC_SECURITY_GROUP', URI: `security_group:${EXISTING_VPC['existing.securityGroup']}` },
          { Type: 'SASL_SCRAM_512_AUTH', URI: EXISTING_SERVERS['existing.kafka.secret'] },
        ],
      });
    }
  });

  it('in an MSK cluster are read by its ARN: with IAM alone, or with a password', () => {
    synthesized = synthesize({ ...EXISTING_CLUSTER, ...EXISTING_CASSANDRA, ...EXISTING_VPC });
    for (const mapping of mappings()) {
      expect(mapping.EventSourceArn).toBe(EXISTING_CLUSTER['existing.kafka.cluster']);
      expect(mapping).not.toHaveProperty('SourceAccessConfigurations');
    }
    const secret = EXISTING_SERVERS['existing.kafka.secret'];
    synthesized = synthesize({
      ...EXISTING_CLUSTER,
      ...EXISTING_CASSANDRA,
      ...EXISTING_VPC,
      'existing.kafka.secret': secret,
    });
    for (const mapping of mappings()) {
      expect(mapping.SourceAccessConfigurations).toEqual([{ Type: 'SASL_SCRAM_512_AUTH', URI: secret }]);
    }
    // MSK wants such a secret to be encrypted with a key of the account's own.
    expect(JSON.stringify(stack('Api'))).toContain('kms:EncryptionContext:SecretARN');
  });

  it('keep other systems’ topics and groups apart by a prefix', () => {
    synthesized = synthesize({
      ...EXISTING_CLUSTER,
      ...EXISTING_CASSANDRA,
      ...EXISTING_VPC,
      'existing.kafka.topicPrefix': 'chat.',
    });
    const groups = mappings().map(
      (mapping) =>
        (mapping.AmazonManagedKafkaEventSourceConfig as { ConsumerGroupId: string }).ConsumerGroupId,
    );
    expect(groups.sort()).toEqual(['chat.deliver-messages', 'chat.deliver-signals', 'chat.store-messages']);
    expect(mappings().flatMap(({ Topics }) => Topics)).toEqual(
      expect.arrayContaining(['chat.messages', 'chat.signals']),
    );
  });

  it('are nobody’s to read where a poller of the user’s does it: only its functions are named', () => {
    synthesized = synthesize(EMULATOR);
    expect(mappings()).toEqual([]);
    expect(Object.keys(stack('Api').Outputs ?? {})).toEqual(
      expect.arrayContaining(['functionstore', 'functiondeliver']),
    );
  });
});
