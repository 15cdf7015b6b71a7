import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnCluster, CfnConfiguration, CfnTopic } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { TOPICS } from '../../../core/contract/topics.ts';
import type { Sizes } from '../../sizes.ts';
import { acknowledge } from '../acknowledge.ts';
import { keptName } from '../kept-name.ts';
import type { Network } from '../network/network.ts';

/** With KRaft, and recent enough for topics as resources (3.6). */
const KAFKA_VERSION = '3.9.x.kraft';
/** One in each zone. */
export const BROKERS = 3;

/** The brokers' own settings; what concerns one topic is set on the topic. */
const SERVER_PROPERTIES = {
  'auto.create.topics.enable': 'false',
  'default.replication.factor': '3',
  'min.insync.replicas': '2',
  'unclean.leader.election.enable': 'false',
  'log.message.timestamp.type': 'LogAppendTime',
  // Groups keep their place longer than any topic keeps records: 31 days.
  'offsets.retention.minutes': String(31 * 24 * 60),
};

/**
 * A new cluster below `scope` with the declared topics: three brokers in three zones, KRaft, IAM and TLS only.
 *
 * @returns its ARN
 */
export function makeMskCluster(
  scope: Construct,
  { sizes, brokers }: { readonly sizes: Sizes; readonly brokers: NonNullable<Network['brokers']> },
): string {
  const name = keptName(scope, { maxLength: 50, separator: '-' });
  const configuration = new CfnConfiguration(scope, 'Configuration', {
    name: `${name}-${KAFKA_VERSION.replace(/\W/g, '-')}`,
    kafkaVersionsList: [KAFKA_VERSION],
    serverProperties: Object.entries(SERVER_PROPERTIES)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  });
  const logGroup = new LogGroup(scope, 'BrokerLog', {
    retention: sizes.logRetention,
    // A cluster that is kept goes on writing to it.
    removalPolicy: sizes.removal,
  });
  const cluster = new CfnCluster(scope, 'Cluster', {
    clusterName: name,
    kafkaVersion: KAFKA_VERSION,
    numberOfBrokerNodes: BROKERS,
    brokerNodeGroupInfo: {
      instanceType: sizes.broker.instanceType,
      clientSubnets: [...brokers.subnetIds],
      securityGroups: [brokers.securityGroup.securityGroupId],
      storageInfo: { ebsStorageInfo: { volumeSize: sizes.broker.volumeGibibytes } },
    },
    clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
    // At rest with the key that AWS keeps for MSK, unless another one is named.
    encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
    configurationInfo: { arn: configuration.attrArn, revision: configuration.attrLatestRevisionRevision },
    // Consumer lag and disk use of each broker are among these.
    enhancedMonitoring: 'PER_TOPIC_PER_BROKER',
    loggingInfo: {
      brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: logGroup.logGroupName } },
    },
  });
  cluster.applyRemovalPolicy(sizes.removal);
  configuration.applyRemovalPolicy(sizes.removal);
  acknowledge(cluster, {
    'AwsSolutions-MSK2':
      'Between clients and brokers there is TLS only; the rule wants the word TLS, which is set.',
  });
  for (const [id, topic] of Object.entries(TOPICS)) {
    new CfnTopic(scope, `topic-${id}`, {
      clusterArn: cluster.attrArn,
      topicName: topic.name,
      partitionCount: topic.partitions.cloud,
      replicationFactor: topic.replicationFactor,
      configs: Buffer.from(JSON.stringify(topic.configs)).toString('base64'),
    }).applyRemovalPolicy(sizes.removal);
  }
  return cluster.attrArn;
}
