import { describe, expect, it } from 'vitest';
import { CASSANDRA_TABLES } from '../../core/contract/cassandra-tables.ts';
import { EVENT_SOURCES } from '../../core/contract/event-sources.ts';
import { TOPICS } from '../../core/contract/topics.ts';
import {
  AUTHORITY,
  EXISTING_CASSANDRA,
  EXISTING_SERVERS,
  EXISTING_VPC,
  KEPT_BACKUPS,
  KEPT_CLUSTER,
  KEPT_KEYSPACE,
  KEPT_NODES,
} from './support/choices.ts';
import { actionsOf, listOf, ofType, referredId, statementsOfRole } from './support/resources.ts';
import { type SynthesizedTemplate, synthesize } from './support/synthesize.ts';

const CLUSTER = KEPT_CLUSTER['restore.cluster'];
const ADMINISTRATOR = KEPT_NODES['restore.administratorSecret'];

let templates: Readonly<Record<string, SynthesizedTemplate>>;
const stack = (name: string): SynthesizedTemplate => templates[name] ?? {};

function propertiesOf(template: SynthesizedTemplate, name: string): Record<string, unknown> {
  const found = ofType(template, 'AWS::Lambda::Function').find(
    ([, { Properties }]) => Properties.Description === `Ping Me: ${name}`,
  );
  return found?.[1].Properties ?? {};
}

const settingsOf = (template: SynthesizedTemplate, name: string) =>
  (propertiesOf(template, name).Environment as { Variables?: Record<string, unknown> } | undefined)
    ?.Variables ?? {};

const rightsOf = (template: SynthesizedTemplate, name: string) =>
  statementsOfRole(template, referredId(propertiesOf(template, name).Role) ?? '');

/** Resources that some action is allowed on, as text. */
const mayDo = (template: SynthesizedTemplate, name: string, action: string) =>
  JSON.stringify(
    rightsOf(template, name)
      .filter(({ Action }) => listOf(Action).includes(action))
      .map(({ Resource }) => Resource),
  );

describe('a kept MSK cluster', () => {
  it('is used where it stands: no other is made, and none of its topics', () => {
    ({ templates } = synthesize({ profile: 'prod', ...KEPT_CLUSTER, database: 'keyspaces' }));
    for (const type of ['Cluster', 'Configuration', 'Topic']) {
      expect(ofType(stack('Log'), `AWS::MSK::${type}`), type).toEqual([]);
    }
    expect(stack('Log').Outputs?.ClusterArn?.Value).toBe(CLUSTER);
    const [[, storage] = []] = ofType(stack('Log'), 'AWS::ApplicationAutoScaling::ScalableTarget');
    expect(storage?.Properties.ResourceId).toBe(CLUSTER);
    const mappings = ofType(stack('Api'), 'AWS::Lambda::EventSourceMapping');
    expect(mappings.map(([, { Properties }]) => Properties.EventSourceArn)).toEqual(
      EVENT_SOURCES.map(() => CLUSTER),
    );
  });

  it('keeps its security group in the network, which is the one that it was made in', () => {
    ({ templates } = synthesize({ profile: 'prod', database: 'keyspaces' }));
    const groups = () => ofType(stack('Network'), 'AWS::EC2::SecurityGroup');
    const before = groups();
    ({ templates } = synthesize({ profile: 'prod', ...KEPT_CLUSTER, database: 'keyspaces' }));
    expect(groups()).toEqual(before);
  });

  it('gets topics that are missing from the set-up, which may make them there and nowhere else', () => {
    ({ templates } = synthesize({ profile: 'prod', ...KEPT_CLUSTER, database: 'keyspaces' }));
    expect(settingsOf(stack('Api'), 'set-up-stores')).toMatchObject({
      CREATES_TOPICS: 'yes',
      TOPIC_PARTITIONS: 'cloud',
      KAFKA_AUTHENTICATION: 'iam',
    });
    const made = mayDo(stack('Api'), 'set-up-stores', 'kafka-cluster:CreateTopic');
    for (const { name } of Object.values(TOPICS)) expect(made).toContain(`/${name}"`);
  });

  it('may be told by a new one that goes on with the same database, in another generation', () => {
    ({ templates } = synthesize({ messagesGeneration: 3 }));
    for (const name of ['post-message', 'store', 'deliver']) {
      expect(settingsOf(stack('Api'), name), name).toMatchObject({ MESSAGES_GENERATION: '3' });
    }
  });

  it('does not stand in the way of a new one: names end in what CloudFormation gives each stack', () => {
    ({ templates } = synthesize({ database: 'keyspaces' }));
    const [[, cluster] = []] = ofType(stack('Log'), 'AWS::MSK::Cluster');
    const [[, configuration] = []] = ofType(stack('Log'), 'AWS::MSK::Configuration');
    const [[, keyspace] = []] = ofType(stack('Database'), 'AWS::Cassandra::Keyspace');
    for (const name of [
      cluster?.Properties.ClusterName,
      configuration?.Properties.Name,
      keyspace?.Properties.KeyspaceName,
    ]) {
      expect(JSON.stringify(name)).toContain('"AWS::StackId"');
    }
  });
});

describe('the brokers of MSK', () => {
  it('are asked for by a function of ours outside the VPC, that may ask for this and nothing else', () => {
    ({ templates } = synthesize({ database: 'keyspaces' }));
    const log = stack('Log');
    expect(propertiesOf(log, 'find-brokers')).not.toHaveProperty('VpcConfig');
    const actions = actionsOf(rightsOf(log, 'find-brokers')).filter(
      (action) => !/^(logs|xray):/.test(action),
    );
    expect(actions).toEqual(['kafka:GetBootstrapBrokers']);
    expect(mayDo(log, 'find-brokers', 'kafka:GetBootstrapBrokers')).not.toContain('*');
    const [[id, lookUp] = []] = ofType(log, 'Custom::PingMeBrokers');
    // Another cluster is looked up anew.
    expect(referredId(lookUp?.Properties.cluster)).toBe(ofType(log, 'AWS::MSK::Cluster')[0]?.[0]);
    expect(JSON.stringify(log.Outputs)).toContain(JSON.stringify([id, 'addresses']));
  });
});

describe('kept nodes', () => {
  it('are looked after by the administrator that they know, and no other is made', () => {
    ({ templates } = synthesize({ profile: 'prod', ...KEPT_CLUSTER, ...KEPT_NODES }));
    const database = stack('Database');
    const generated = ofType(database, 'AWS::SecretsManager::Secret').map(([, { Properties }]) => Properties);
    expect(generated.filter(({ Description }) => String(Description).includes('superuser'))).toEqual([]);
    for (const name of ['set-up-database-roles', 'rotate-database-password']) {
      expect(settingsOf(database, name).CASSANDRA_ADMINISTRATOR_SECRET, name).toBe(ADMINISTRATOR);
      expect(mayDo(database, name, 'secretsmanager:GetSecretValue'), name).toContain(ADMINISTRATOR);
    }
  });
});

describe('backups of an earlier cluster', () => {
  it('may be read by the new nodes, which may not write there; the administrator is the one they know', () => {
    ({ templates } = synthesize({ profile: 'prod', ...KEPT_CLUSTER, ...KEPT_BACKUPS }));
    const database = stack('Database');
    const bucket = `:s3:::${KEPT_BACKUPS['restore.backups']}`;
    for (const number of [1, 2, 3]) {
      const [roleId = ''] =
        ofType(database, 'AWS::IAM::Role').find(([id]) => id.startsWith(`DatabaseNode${number}Role`)) ?? [];
      const statements = statementsOfRole(database, roleId).filter(({ Resource }) =>
        JSON.stringify(Resource).includes(bucket),
      );
      expect(actionsOf(statements)).toEqual(['s3:GetObject', 's3:ListBucket']);
    }
    expect(settingsOf(database, 'set-up-database-roles').CASSANDRA_ADMINISTRATOR_SECRET).toBe(ADMINISTRATOR);
  });
});

describe('what prod keeps', () => {
  const policiesOf = (name: string, type: string) => [
    ...new Set(
      ofType(stack(name), type).map(
        ([, { DeletionPolicy, UpdateReplacePolicy }]) => `${DeletionPolicy} ${String(UpdateReplacePolicy)}`,
      ),
    ),
  ];
  const KEPT_ONCE_MADE: readonly (readonly [stackName: string, type: string])[] = [
    ['Log', 'AWS::MSK::Cluster'],
    ['Log', 'AWS::MSK::Configuration'],
    ['Log', 'AWS::MSK::Topic'],
    ['State', 'AWS::SecretsManager::Secret'],
    ['Database', 'AWS::Cassandra::Keyspace'],
    ['Database', 'AWS::Cassandra::Table'],
  ];

  it.each(KEPT_ONCE_MADE)(
    'of %s is kept once it was made, and not when making it fails: %s',
    (name, type) => {
      ({ templates } = synthesize({ profile: 'prod', database: 'keyspaces' }));
      expect(policiesOf(name, type)).toEqual(['RetainExceptOnCreate Retain']);
      ({ templates } = synthesize({ database: 'keyspaces' }));
      expect(policiesOf(name, type)).toEqual(['Delete Delete']);
    },
  );

  it('are logs of the brokers that go on writing, and secrets of the nodes', () => {
    ({ templates } = synthesize({ profile: 'prod' }));
    const [[, logs] = []] = ofType(stack('Log'), 'AWS::Logs::LogGroup').filter(([id]) =>
      id.includes('BrokerLog'),
    );
    expect(logs?.DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(policiesOf('Database', 'AWS::SecretsManager::Secret')).toEqual(['RetainExceptOnCreate Retain']);
  });

  it('is kept in any case where a rollback could not delete it: protected tables, a bucket that is written to', () => {
    ({ templates } = synthesize({ profile: 'prod' }));
    expect(policiesOf('State', 'AWS::DynamoDB::Table')).toEqual(['Retain Retain']);
    expect(policiesOf('Database', 'AWS::S3::Bucket')).toEqual(['Retain Retain']);
  });

  it('is a snapshot of each volume, and none in dev', () => {
    ({ templates } = synthesize({ profile: 'prod' }));
    expect(policiesOf('Database', 'AWS::EC2::Volume')).toEqual(['Snapshot Snapshot']);
    ({ templates } = synthesize());
    expect(policiesOf('Database', 'AWS::EC2::Volume')).toEqual(['Delete Delete']);
  });
});

describe('a volume that was lost after it had begun from a snapshot', () => {
  it('begins empty, and not from the snapshot again', () => {
    ({ templates } = synthesize({ ...KEPT_CLUSTER, ...KEPT_NODES, volumeGenerations: '1,2,1' }));
    const [first, , third] = KEPT_NODES['restore.snapshots'].split(',');
    expect(
      ofType(stack('Database'), 'AWS::EC2::Volume').map(([, { Properties }]) => Properties.SnapshotId),
    ).toEqual([first, undefined, third]);
  });
});

describe('a kept keyspace', () => {
  it('is used as it is: no table of it is a resource, one function may make what it lacks', () => {
    ({ templates } = synthesize({ profile: 'prod', ...KEPT_CLUSTER, ...KEPT_KEYSPACE }));
    const database = stack('Database');
    expect(ofType(database, 'AWS::Cassandra::Keyspace')).toEqual([]);
    expect(ofType(database, 'AWS::Cassandra::Table')).toEqual([]);
    for (const [template, name] of [
      [database, 'set-up-keyspace'],
      [stack('Api'), 'set-up-stores'],
      [stack('Api'), 'store'],
    ] as const) {
      expect(settingsOf(template, name)).toMatchObject({
        CASSANDRA_KEYSPACE: KEPT_KEYSPACE['restore.keyspace'],
        CASSANDRA_DIALECT: 'keyspaces',
      });
    }
    expect(propertiesOf(database, 'set-up-keyspace')).toHaveProperty('VpcConfig');
    const made = mayDo(database, 'set-up-keyspace', 'cassandra:Create');
    for (const table of Object.keys(CASSANDRA_TABLES)) {
      expect(made).toContain(`/keyspace/${KEPT_KEYSPACE['restore.keyspace']}/table/${table}"`);
    }
    expect(actionsOf(rightsOf(stack('Api'), 'set-up-stores'))).not.toContain('cassandra:Create');
  });
});

describe('a private authority', () => {
  it('is believed by functions and by Lambda’s pollers, and read from its secret', () => {
    ({ templates } = synthesize({
      ...EXISTING_SERVERS,
      ...EXISTING_CASSANDRA,
      ...EXISTING_VPC,
      'existing.kafka.authority': AUTHORITY,
      'existing.cassandra.authority': AUTHORITY,
    }));
    expect(settingsOf(stack('Api'), 'post-message')).toMatchObject({
      KAFKA_TLS: 'on',
      KAFKA_TLS_AUTHORITY: `secret:${AUTHORITY}`,
      CASSANDRA_TLS: 'on',
      CASSANDRA_TLS_AUTHORITY: `secret:${AUTHORITY}`,
    });
    const mappings = ofType(stack('Api'), 'AWS::Lambda::EventSourceMapping');
    expect(mappings).toHaveLength(EVENT_SOURCES.length);
    for (const [, { Properties }] of mappings) {
      expect(Properties.SourceAccessConfigurations).toContainEqual({
        Type: 'SERVER_ROOT_CA_CERTIFICATE',
        URI: AUTHORITY,
      });
    }
    for (const name of ['post-message', 'store', 'deliver', 'set-up-stores', 'sign-out']) {
      expect(mayDo(stack('Api'), name, 'secretsmanager:GetSecretValue'), name).toContain(AUTHORITY);
    }
  });
});
