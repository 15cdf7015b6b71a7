import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { EventSourceMapping, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnCluster, CfnConfiguration, CfnTopic } from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { EventSourceDeclaration } from '../../../core/contract/event-sources.ts';
import { TOPICS } from '../../../core/contract/topics.ts';
import type { Sizes } from '../../sizes.ts';
import { acknowledge } from '../acknowledge.ts';
import type { Network } from '../network/network.ts';
import { BootstrapBrokers } from './bootstrap-brokers.ts';
import { addEventSourceMapping } from './event-source-mapping.ts';
import type { DeclaredTopic, MessageLog } from './message-log.ts';
import { MskAccess } from './msk-access.ts';

/** With KRaft, and recent enough for topics as resources (3.6). */
const KAFKA_VERSION = '3.9.x.kraft';
const BROKERS = 3;
/** Percent of the disk at which MSK makes it bigger; the alarm for a person is set apart from it. */
const GROWS_AT_PERCENT = 60;

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

export interface MskLogProps {
  readonly sizes: Sizes;
  readonly network: Network;
}

/** Amazon MSK: three brokers in three zones, KRaft, IAM and TLS only, with the declared topics. */
export class MskLog extends Construct implements MessageLog {
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly connectionSettings: Readonly<Record<string, string>>;
  readonly topicSettings = {};
  readonly setUpSettings = {
    TOPIC_PARTITIONS: 'cloud',
    KAFKA_REPLICATION_FACTOR: '3',
    // They are resources of this stack; the set-up only checks them.
    CREATES_TOPICS: 'no',
  };
  readonly #access: MskAccess;

  constructor(scope: Construct, id: string, { sizes, network }: MskLogProps) {
    super(scope, id);
    const { brokers } = network;
    if (brokers === undefined) throw new Error('The network was made without subnets for brokers.');
    const cluster = this.#cluster(sizes, brokers);
    this.clusterArn = cluster.attrArn;
    this.clusterName = cluster.clusterName;
    this.#access = new MskAccess(Stack.of(this), this.clusterArn);
    this.#growStorage(sizes);
    for (const [name, topic] of Object.entries(TOPICS)) {
      new CfnTopic(this, `topic-${name}`, {
        clusterArn: this.clusterArn,
        topicName: topic.name,
        partitionCount: topic.partitions.cloud,
        replicationFactor: topic.replicationFactor,
        configs: Buffer.from(JSON.stringify(topic.configs)).toString('base64'),
      }).applyRemovalPolicy(sizes.removal);
    }
    const { addresses } = new BootstrapBrokers(this, 'Brokers', {
      clusterArn: this.clusterArn,
      authentication: 'iam',
      sizes,
    });
    this.connectionSettings = {
      KAFKA_BROKERS: addresses,
      KAFKA_AUTHENTICATION: 'iam',
      KAFKA_TLS: 'on',
      KAFKAJS_NO_PARTITIONER_WARNING: '1',
    };
  }

  grantProduce(topic: DeclaredTopic, target: LambdaFunction): void {
    this.#access.grantProduce(topic, target);
  }

  grantConsume(topic: DeclaredTopic, group: string, target: LambdaFunction): void {
    this.#access.grantConsume(topic, group, target);
  }

  grantSetUp(target: LambdaFunction): void {
    for (const { name } of Object.values(TOPICS)) this.#access.grantDescribeTopic(name, target);
  }

  addEventSource(target: LambdaFunction, declaration: EventSourceDeclaration): EventSourceMapping {
    this.grantConsume(TOPICS[declaration.topic].name, declaration.name, target);
    this.#access.grantMapping(target);
    return addEventSourceMapping(target, declaration, { eventSourceArn: this.clusterArn }, '');
  }

  #cluster(sizes: Sizes, brokers: NonNullable<Network['brokers']>): CfnCluster {
    const name = Names.uniqueResourceName(this, { maxLength: 50 });
    const configuration = new CfnConfiguration(this, 'Configuration', {
      name: `${name}-${KAFKA_VERSION.replace(/\W/g, '-')}`,
      kafkaVersionsList: [KAFKA_VERSION],
      serverProperties: Object.entries(SERVER_PROPERTIES)
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
    });
    const logGroup = new LogGroup(this, 'BrokerLog', {
      retention: sizes.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const cluster = new CfnCluster(this, 'Cluster', {
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
    return cluster;
  }

  #growStorage({ broker }: Sizes): void {
    const target = new CfnScalableTarget(this, 'Storage', {
      serviceNamespace: 'kafka',
      resourceId: this.clusterArn,
      scalableDimension: 'kafka:broker-storage:VolumeSize',
      // A disk grows by itself and never shrinks.
      minCapacity: 1,
      maxCapacity: broker.volumeMaximumGibibytes,
    });
    new CfnScalingPolicy(this, 'StorageGrowth', {
      policyName: 'grow-broker-storage',
      policyType: 'TargetTrackingScaling',
      scalingTargetId: target.ref,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: GROWS_AT_PERCENT,
        disableScaleIn: true,
        predefinedMetricSpecification: { predefinedMetricType: 'KafkaBrokerStorageUtilization' },
      },
    });
  }
}
