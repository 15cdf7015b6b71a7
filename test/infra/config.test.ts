import { describe, expect, it } from 'vitest';
import { readConfig } from '../../lib/config.ts';
import {
  AUTHORITY,
  EMULATOR,
  EXISTING_CASSANDRA,
  EXISTING_CLUSTER,
  EXISTING_SERVERS,
  EXISTING_VPC,
  KEPT_BACKUPS,
  KEPT_CLUSTER,
  KEPT_KEYSPACE,
  KEPT_NODES,
} from './support/choices.ts';

describe('the context', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      profile: 'dev',
      region: 'us-east-1',
      network: { kind: 'own' },
      kafka: { kind: 'msk' },
      database: { kind: 'cassandra' },
      eventSource: 'lambda',
      uploadPage: 'stack',
      waf: true,
      alarms: true,
      reservedConcurrency: false,
    });
  });

  it('reserves concurrency in prod, unless it is told not to', () => {
    expect(readConfig({ profile: 'prod' }).reservedConcurrency).toBe(true);
    expect(readConfig({ profile: 'prod', reservedConcurrency: 'false' }).reservedConcurrency).toBe(false);
  });

  it('takes nested values of a file as well as dotted ones of the command line, which win', () => {
    const nested = { kafka: 'existing', existing: { kafka: { bootstrapServers: ['127.0.0.1:9092'] } } };
    const kafka = { kind: 'existing-servers', bootstrapServers: ['127.0.0.1:9092'], authentication: 'none' };
    expect(readConfig({ ...nested, database: 'keyspaces', eventSource: 'external' }).kafka).toMatchObject(
      kafka,
    );
    const both = { ...nested, database: 'keyspaces', eventSource: 'external' };
    expect(readConfig({ 'existing.kafka.bootstrapServers': '127.0.0.1:9093', ...both }).kafka).toMatchObject({
      bootstrapServers: ['127.0.0.1:9093'],
    });
  });

  it('leaves the CDK its own keys', () => {
    expect(() => readConfig({ '@aws-cdk/core:anything': true, 'aws:cdk:version': '2' })).not.toThrow();
  });

  it('uses no VPC where nothing needs one', () => {
    expect(readConfig(EMULATOR).network).toEqual({ kind: 'none' });
    expect(readConfig({ ...EXISTING_SERVERS, database: 'keyspaces' }).network).toEqual({ kind: 'none' });
    expect(readConfig({ ...EXISTING_CLUSTER, ...EXISTING_CASSANDRA, ...EXISTING_VPC }).network.kind).toBe(
      'existing',
    );
  });
});

describe('a stack in another region', () => {
  const secret = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:theirs-AbCdEf';
  const cluster = 'arn:aws:kafka:eu-central-1:111122223333:cluster/theirs/0a1b2c3d-4e5f';
  const stores = { ...EXISTING_SERVERS, ...EXISTING_CASSANDRA };

  it.each([
    ['existing.kafka.cluster', { ...EXISTING_CLUSTER, ...EXISTING_CASSANDRA, ...EXISTING_VPC }, cluster],
    ['existing.kafka.secret', stores, secret],
    ['existing.kafka.authority', stores, secret],
    ['existing.cassandra.secret', stores, secret],
    ['existing.cassandra.authority', stores, secret],
    ['restore.cluster', {}, cluster],
    ['restore.administratorSecret', { ...KEPT_CLUSTER, ...KEPT_NODES }, secret],
  ])('is not reached by %s', (key, choices, arn) => {
    expect(() => readConfig({ ...choices, [key]: arn })).toThrow(
      `The context value ${key} is of eu-central-1 and must be of us-east-1, the context value region.`,
    );
  });

  it('is reached by ARNs of its own', () => {
    expect(readConfig({ region: 'eu-central-1', 'restore.cluster': cluster }).restore.clusterArn).toBe(
      cluster,
    );
  });
});

describe('what was kept', () => {
  it('is taken over all together, or the messages go on in another generation of the log', () => {
    expect(readConfig({ ...KEPT_CLUSTER, ...KEPT_NODES }).restore).toMatchObject({
      clusterArn: KEPT_CLUSTER['restore.cluster'],
      administratorSecretArn: KEPT_NODES['restore.administratorSecret'],
      snapshots: KEPT_NODES['restore.snapshots'].split(','),
    });
    expect(readConfig({ ...KEPT_CLUSTER, ...KEPT_BACKUPS }).restore).toMatchObject({
      backups: KEPT_BACKUPS['restore.backups'],
      administratorSecretArn: KEPT_BACKUPS['restore.administratorSecret'],
      snapshots: [],
    });
    expect(readConfig({ ...KEPT_KEYSPACE, messagesGeneration: 1 })).toMatchObject({
      kafka: { messagesGeneration: 1 },
      restore: { keyspace: KEPT_KEYSPACE['restore.keyspace'], clusterArn: undefined },
    });
  });
});

const WRONG: readonly (readonly [string, Record<string, unknown>, string])[] = [
  ['a misspelt key', { profil: 'dev' }, 'The context value profil is not known; the known ones are'],
  ['a misspelt nested key', { existing: { vcp: 'vpc-1' } }, 'existing.vcp is not known'],
  ['a wrong choice', { profile: 'test' }, 'The context value profile must be dev or prod.'],
  ['a wrong flag', { waf: 'yes' }, 'The context value waf must be true or false.'],
  ['a wrong region', { region: 'Virginia' }, 'region must be the name of an AWS region'],
  ['two zones', { zones: 'us-east-1a,us-east-1b' }, 'zones must be three zones'],
  ['no brokers', { kafka: 'existing' }, 'existing.kafka.bootstrapServers is missing'],
  [
    'brokers twice',
    { ...EXISTING_SERVERS, ...EXISTING_CLUSTER },
    'existing.kafka.bootstrapServers does not go with existing.kafka.cluster',
  ],
  [
    'brokers beside MSK',
    { 'existing.kafka.bootstrapServers': 'b:9092' },
    'existing.kafka.bootstrapServers does not go with kafka=msk',
  ],
  [
    'open brokers that are elsewhere',
    { kafka: 'existing', 'existing.kafka.bootstrapServers': 'b:9092' },
    'existing.kafka.secret is missing',
  ],
  [
    'a password without TLS',
    { ...EXISTING_SERVERS, 'existing.kafka.tls': 'false' },
    'existing.kafka.tls must be true',
  ],
  [
    'scram without a secret',
    { ...EXISTING_CLUSTER, 'existing.kafka.authentication': 'scram' },
    'existing.kafka.secret is missing',
  ],
  [
    'IAM with a secret',
    {
      ...EXISTING_CLUSTER,
      'existing.kafka.authentication': 'iam',
      'existing.kafka.secret': EXISTING_SERVERS['existing.kafka.secret'],
    },
    'existing.kafka.secret does not go with existing.kafka.authentication=iam',
  ],
  [
    'a VPC without subnets',
    { kafka: 'msk', database: 'keyspaces', 'existing.vpc': 'vpc-1' },
    'existing.subnets is missing',
  ],
  ['subnets without a VPC', { 'existing.subnets': 'subnet-1' }, 'existing.subnets needs existing.vpc'],
  [
    'two subnets for three brokers',
    { database: 'keyspaces', ...EXISTING_VPC, 'existing.subnets': 'subnet-1,subnet-2' },
    'existing.subnets must be three',
  ],
  [
    'nodes beside brokers that their network does not reach',
    { ...EXISTING_SERVERS },
    'database can not be cassandra with kafka=existing',
  ],
  [
    'a database that the network of the brokers does not reach',
    { ...EXISTING_CASSANDRA },
    'existing.vpc is missing: with kafka=msk and database=existing',
  ],
  ['nodes in a VPC of the user’s', { ...EXISTING_VPC }, 'existing.vpc does not go with database=cassandra'],
  [
    'zones of a VPC that is there',
    { ...EXISTING_VPC, database: 'keyspaces', zones: 'us-east-1a,us-east-1b,us-east-1c' },
    'zones does not go with existing.vpc',
  ],
  ['no nodes', { database: 'existing' }, 'existing.cassandra.contactPoints is missing'],
  [
    'nodes beside our own',
    { 'existing.cassandra.port': 9042 },
    'existing.cassandra.port does not go with database=cassandra',
  ],
  [
    'a Cassandra password without TLS',
    { ...EXISTING_CASSANDRA, 'existing.cassandra.tls': 'false' },
    'existing.cassandra.tls must be true',
  ],
  [
    'an impossible port',
    { ...EXISTING_CASSANDRA, 'existing.cassandra.port': '0' },
    'existing.cassandra.port must be a whole number from 1 to 65535',
  ],
  [
    'Lambda reading brokers it can not reach',
    { ...EMULATOR, eventSource: 'lambda' },
    'eventSource must be external where the brokers have neither',
  ],
  [
    'a certificate for nothing',
    { certificate: 'arn:aws:acm:us-east-1:111122223333:certificate/a' },
    'domain is missing',
  ],
  ['a domain without certificate', { domain: 'chat.example.com' }, 'certificate is missing'],
  [
    'a certificate of another region',
    { domain: 'chat.example.com', certificate: 'arn:aws:acm:eu-central-1:111122223333:certificate/a' },
    'certificate must be the ARN of an ACM certificate in us-east-1',
  ],
  [
    'an address for no alarms',
    { alarms: 'false', alarmEmail: 'a@example.com' },
    'alarmEmail does not go with alarms=false',
  ],
  ['a wrong address', { alarmEmail: 'me' }, 'alarmEmail must be an e-mail address'],
  ['two snapshots', { 'restore.snapshots': 'snap-1,snap-2' }, 'restore.snapshots must be three'],
  [
    'snapshots of no volumes',
    { database: 'keyspaces', 'restore.snapshots': 'snap-1,snap-2,snap-3' },
    'restore.snapshots needs database=cassandra',
  ],
  [
    'snapshots without who may log in to what is on them',
    { ...KEPT_CLUSTER, 'restore.snapshots': 'snap-1,snap-2,snap-3' },
    'restore.administratorSecret is missing',
  ],
  [
    'the administrator of volumes that are not there',
    { 'restore.administratorSecret': KEPT_NODES['restore.administratorSecret'] },
    'restore.administratorSecret needs restore.snapshots',
  ],
  [
    'a kept cluster beside brokers of the user’s',
    { ...EXISTING_SERVERS, database: 'keyspaces', ...KEPT_CLUSTER },
    'restore.cluster needs kafka=msk',
  ],
  ['a cluster by its name', { 'restore.cluster': 'ping-me' }, 'restore.cluster must be the ARN'],
  ['a keyspace for nodes', { 'restore.keyspace': 'ping_me' }, 'restore.keyspace needs database=keyspaces'],
  ['kept nodes whose log is another one', { ...KEPT_NODES }, 'restore.cluster is missing'],
  ['a kept keyspace whose log is another one', { ...KEPT_KEYSPACE }, 'restore.cluster is missing'],
  [
    'too many generations',
    { messagesGeneration: 128 },
    'messagesGeneration must be a whole number from 0 to 127',
  ],
  [
    'an authority of brokers that show no certificate',
    { ...EMULATOR, 'existing.kafka.authority': AUTHORITY },
    'existing.kafka.authority needs existing.kafka.tls',
  ],
  [
    'a private authority of MSK',
    { ...EXISTING_CLUSTER, database: 'keyspaces', 'existing.kafka.authority': AUTHORITY },
    'existing.kafka.authority does not go with existing.kafka.cluster',
  ],
  [
    'an authority of nodes that show no certificate',
    { ...EMULATOR, 'existing.cassandra.authority': AUTHORITY },
    'existing.cassandra.authority needs existing.cassandra.tls',
  ],
  [
    'an authority of our own nodes',
    { 'existing.cassandra.authority': AUTHORITY },
    'existing.cassandra.authority does not go with database=cassandra',
  ],
  [
    'a cluster whose brokers nobody reaches',
    { ...EXISTING_CLUSTER, database: 'keyspaces' },
    'existing.vpc is missing: the brokers of existing.kafka.cluster have private addresses',
  ],
  [
    'backups that no node reads',
    { database: 'keyspaces', 'restore.backups': 'their-backups' },
    'restore.backups needs database=cassandra',
  ],
  [
    'backups without who may log in to what is in them',
    { ...KEPT_CLUSTER, 'restore.backups': 'their-backups' },
    'restore.administratorSecret is missing',
  ],
  ['backups of another log', { ...KEPT_BACKUPS }, 'restore.cluster is missing'],
  ['a bucket that is none', { 'restore.backups': 's3://theirs' }, 'restore.backups must be the name'],
  [
    'awaiting nodes that are not there',
    { database: 'keyspaces', awaitNodes: 'false' },
    'awaitNodes needs database=cassandra',
  ],
  [
    'a table whose items nobody misses',
    { 'restore.tables.sessions': 'sessions-1A2B' },
    'restore.tables.sessions can not be taken over',
  ],
  [
    'how far a log was read that is gone',
    { 'restore.tables.progress': 'progress-1A2B' },
    'restore.tables.progress needs restore.cluster',
  ],
  [
    'a keyspace as nobody names one here',
    { ...KEPT_CLUSTER, database: 'keyspaces', 'restore.keyspace': 'PingMe' },
    'restore.keyspace must be the name of a keyspace in lower case',
  ],
  ['an unknown table to restore', { 'restore.tables.users': 'x' }, 'restore.tables.users is not known'],
  [
    'generations of no volumes',
    { database: 'keyspaces', volumeGenerations: '1,2,1' },
    'volumeGenerations needs database=cassandra',
  ],
  ['two generations for three volumes', { volumeGenerations: '1,2' }, 'volumeGenerations must be three'],
  ['a generation that is none', { volumeGenerations: '1,0,1' }, 'volumeGenerations must be'],
  ['an image for no nodes', { database: 'keyspaces', ami: 'ami-1' }, 'ami needs database=cassandra'],
];

describe('a wrong, missing or contradictory value', () => {
  it.each(WRONG)('%s: one sentence that names the key', (_, choices, sentence) => {
    let message = 'nothing was refused';
    try {
      readConfig(choices);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain(sentence);
    expect(message).toMatch(/^The context value [\w.]+ .*\.$/);
  });
});
