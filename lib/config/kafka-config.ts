import { ConfigError } from './config-error.ts';
import type { ContextReader } from './context-reader.ts';

interface AnyLog {
  /** How often the topic `messages` was begun anew, 0–127: the first part of every message's id. */
  readonly messagesGeneration: number;
}

/** What a cluster that is already there needs besides its address. */
interface ExistingTopics extends AnyLog {
  readonly topicPrefix: string;
  readonly partitions: 'cloud' | 'local';
  readonly replicationFactor: number;
}

export interface ExistingMskCluster extends ExistingTopics {
  readonly kind: 'existing-cluster';
  readonly clusterArn: string;
  readonly authentication: 'iam' | 'scram';
  readonly secretArn: string | undefined;
}

export interface ExistingBootstrapServers extends ExistingTopics {
  readonly kind: 'existing-servers';
  readonly bootstrapServers: readonly string[];
  readonly authentication: 'none' | 'scram';
  readonly secretArn: string | undefined;
  readonly tls: boolean;
  /** Of the secret with the certificates that the brokers' are signed with; undefined: a public authority's. */
  readonly authorityArn: string | undefined;
}

export type KafkaConfig = ({ readonly kind: 'msk' } & AnyLog) | ExistingMskCluster | ExistingBootstrapServers;

export const SECRET_ARN = /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:\S+$/;
export const SECRET_ARN_TEXT = 'the ARN of a Secrets Manager secret with username and password';
const AUTHORITY_TEXT = 'the ARN of a Secrets Manager secret with certificates in PEM';
export const CLUSTER_ARN = /^arn:[\w-]+:kafka:[\w-]+:\d{12}:cluster\/[\w-]+\/[\w-]+$/;
export const CLUSTER_ARN_TEXT = 'the ARN of an MSK cluster';

const KEYS = [
  'cluster',
  'bootstrapServers',
  'authentication',
  'authority',
  'secret',
  'tls',
  'topicPrefix',
  'partitions',
].map((key) => `existing.kafka.${key}`);
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+):\d+$/;

export function readKafka(reader: ContextReader): KafkaConfig {
  const messagesGeneration = reader.integer('messagesGeneration', 0, 127, 0);
  if (reader.oneOf('kafka', ['msk', 'existing'], 'msk') === 'msk') {
    reader.refuse([...KEYS, 'existing.kafka.replicationFactor'], 'does not go with kafka=msk');
    return { kind: 'msk', messagesGeneration };
  }
  const topics: ExistingTopics = {
    messagesGeneration,
    topicPrefix:
      reader.text('existing.kafka.topicPrefix', /^[\w.-]{1,100}$/, 'letters, digits, . _ and -') ?? '',
    partitions: reader.oneOf('existing.kafka.partitions', ['cloud', 'local'], 'cloud'),
    replicationFactor: reader.integer('existing.kafka.replicationFactor', 1, 5, 3),
  };
  const clusterArn = reader.text('existing.kafka.cluster', CLUSTER_ARN, CLUSTER_ARN_TEXT);
  const secretArn = reader.text('existing.kafka.secret', SECRET_ARN, SECRET_ARN_TEXT);
  if (clusterArn !== undefined) {
    reader.refuse(
      ['existing.kafka.bootstrapServers'],
      'does not go with existing.kafka.cluster: name one of them',
    );
    reader.refuse(['existing.kafka.tls'], 'does not go with existing.kafka.cluster, where TLS is always on');
    reader.refuse(
      ['existing.kafka.authority'],
      'does not go with existing.kafka.cluster, which has certificates of Amazon’s public authority',
    );
    const authentication = reader.oneOf(
      'existing.kafka.authentication',
      ['iam', 'scram'],
      secretArn === undefined ? 'iam' : 'scram',
    );
    checkSecret(authentication, secretArn);
    return { kind: 'existing-cluster', clusterArn, authentication, secretArn, ...topics };
  }
  const bootstrapServers = reader.requiredList(
    'existing.kafka.bootstrapServers',
    'kafka=existing needs it, or existing.kafka.cluster',
    /^[\w.-]+:\d{1,5}$/,
    'addresses such as broker-1.example.com:9096',
  );
  const onLoopback = bootstrapServers.every((server) => LOOPBACK.test(server));
  if (secretArn === undefined && !onLoopback && !reader.has('existing.kafka.authentication')) {
    throw new ConfigError(
      'existing.kafka.secret',
      'is missing: brokers that are not on loopback need it, unless existing.kafka.authentication is none',
    );
  }
  const authentication = reader.oneOf(
    'existing.kafka.authentication',
    ['none', 'scram'],
    secretArn === undefined ? 'none' : 'scram',
  );
  checkSecret(authentication, secretArn);
  const tls = reader.flag('existing.kafka.tls', authentication === 'scram');
  if (authentication === 'scram' && !tls) {
    throw new ConfigError('existing.kafka.tls', 'must be true where a password goes over the network');
  }
  const authorityArn = readAuthority(reader, 'existing.kafka', tls);
  return {
    kind: 'existing-servers',
    bootstrapServers,
    authentication,
    secretArn,
    tls,
    authorityArn,
    ...topics,
  };
}

/** The key `authority` of a store of the user's: the secret with the certificates that the store's own are signed with. */
export function readAuthority(
  reader: ContextReader,
  store: 'existing.kafka' | 'existing.cassandra',
  tls: boolean,
): string | undefined {
  const arn = reader.text(`${store}.authority`, SECRET_ARN, AUTHORITY_TEXT);
  if (arn !== undefined && !tls) {
    throw new ConfigError(`${store}.authority`, `needs ${store}.tls: without TLS nobody shows a certificate`);
  }
  return arn;
}

function checkSecret(authentication: 'none' | 'iam' | 'scram', secretArn: string | undefined): void {
  if (authentication === 'scram' && secretArn === undefined) {
    throw new ConfigError('existing.kafka.secret', `is missing: scram needs ${SECRET_ARN_TEXT}`);
  }
  if (authentication !== 'scram' && secretArn !== undefined) {
    throw new ConfigError(
      'existing.kafka.secret',
      `does not go with existing.kafka.authentication=${authentication}`,
    );
  }
}
