/** Choices that go together, as `-c` gives them. */
export const EXISTING_SERVERS = {
  kafka: 'existing',
  'existing.kafka.bootstrapServers': 'b-1.example.com:9096,b-2.example.com:9096',
  'existing.kafka.secret': 'arn:aws:secretsmanager:us-east-1:111122223333:secret:AmazonMSK_kafka-AbCdEf',
};

/** The secret with the authority of a store of the user's. */
export const AUTHORITY = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:authority-AbCdEf';

export const EXISTING_CLUSTER = {
  kafka: 'existing',
  'existing.kafka.cluster':
    'arn:aws:kafka:us-east-1:111122223333:cluster/theirs/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-3',
};

export const EXISTING_CASSANDRA = {
  database: 'existing',
  'existing.cassandra.contactPoints': '10.0.0.10,10.0.1.10,10.0.2.10',
  'existing.cassandra.localDataCenter': 'dc1',
  'existing.cassandra.secret': 'arn:aws:secretsmanager:us-east-1:111122223333:secret:cassandra-AbCdEf',
};

export const EXISTING_VPC = {
  'existing.vpc': 'vpc-0a1b2c3d4e5f60718',
  'existing.subnets': 'subnet-0a1b2c3d4e5f60711,subnet-0a1b2c3d4e5f60712,subnet-0a1b2c3d4e5f60713',
  'existing.securityGroup': 'sg-0a1b2c3d4e5f60718',
};

/** What an earlier prod has left of each store, taken over. */
export const KEPT_CLUSTER = {
  'restore.cluster':
    'arn:aws:kafka:us-east-1:111122223333:cluster/kept/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-3',
};

export const KEPT_NODES = {
  'restore.snapshots': 'snap-0a1b2c3d4e5f60711,snap-0a1b2c3d4e5f60712,snap-0a1b2c3d4e5f60713',
  'restore.administratorSecret':
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:DatabaseSecretsAdministrator-AbCdEf',
};

/** New nodes beside the backups of kept ones. */
export const KEPT_BACKUPS = {
  'restore.backups': 'pingme-database-databasebackups-0a1b2c3d4e5f',
  'restore.administratorSecret': KEPT_NODES['restore.administratorSecret'],
};

export const KEPT_KEYSPACE = { database: 'keyspaces', 'restore.keyspace': 'pingme_database_0a1b2c3d' };

/** What a deployment to an emulator chooses: the stores of the one-machine run, and nothing that it refuses. */
export const EMULATOR = {
  kafka: 'existing',
  'existing.kafka.bootstrapServers': '127.0.0.1:19092,127.0.0.1:19093,127.0.0.1:19094',
  'existing.kafka.partitions': 'local',
  database: 'existing',
  'existing.cassandra.contactPoints': '127.0.0.1,127.0.0.2,127.0.0.3',
  'existing.cassandra.port': '19042',
  'existing.cassandra.localDataCenter': 'dc1',
  eventSource: 'external',
  uploadPage: 'cli',
  waf: 'false',
  alarms: 'false',
  manageApiGatewayAccount: 'false',
  rotateSecrets: 'false',
  socketAnswers: 'false',
};
