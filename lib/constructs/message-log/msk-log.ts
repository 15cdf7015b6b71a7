import { Stack } from 'aws-cdk-lib';
import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { EventSourceMapping, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { EventSourceDeclaration } from '../../../core/contract/event-sources.ts';
import { TOPICS } from '../../../core/contract/topics.ts';
import type { Sizes } from '../../sizes.ts';
import type { Network } from '../network/network.ts';
import { BootstrapBrokers } from './bootstrap-brokers.ts';
import { addEventSourceMapping } from './event-source-mapping.ts';
import { type DeclaredTopic, type MessageLog, topicSettings } from './message-log.ts';
import { MskAccess } from './msk-access.ts';
import { makeMskCluster } from './msk-cluster.ts';

/** Percent of the disk at which MSK makes it bigger; the alarm for a person is set apart from it. */
const GROWS_AT_PERCENT = 60;

export interface MskLogProps {
  readonly sizes: Sizes;
  readonly network: Network;
  readonly messagesGeneration: number;
  /** ARN of a cluster that an earlier deployment has left in this network, with its topics; undefined: one is made. */
  readonly keptClusterArn: string | undefined;
}

/** Amazon MSK with IAM: a cluster of the stack's own, or the one that an earlier deployment has kept. */
export class MskLog extends Construct implements MessageLog {
  readonly clusterArn: string;
  readonly connectionSettings: Readonly<Record<string, string>>;
  readonly topicSettings: Readonly<Record<string, string>>;
  readonly setUpSettings: Readonly<Record<string, string>>;
  readonly #access: MskAccess;
  /** Topics of a new cluster are resources of the stack, those of a kept one belong to no stack. */
  readonly #setUpMakesTopics: boolean;

  constructor(
    scope: Construct,
    id: string,
    { sizes, network: { brokers }, messagesGeneration, keptClusterArn }: MskLogProps,
  ) {
    super(scope, id);
    if (brokers === undefined) throw new Error('The network was made without subnets for brokers.');
    this.clusterArn = keptClusterArn ?? makeMskCluster(this, { sizes, brokers });
    this.#setUpMakesTopics = keptClusterArn !== undefined;
    this.#access = new MskAccess(Stack.of(this), this.clusterArn);
    this.#growStorage(sizes);
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
    this.topicSettings = topicSettings({ messagesGeneration });
    this.setUpSettings = {
      TOPIC_PARTITIONS: 'cloud',
      KAFKA_REPLICATION_FACTOR: '3',
      CREATES_TOPICS: this.#setUpMakesTopics ? 'yes' : 'no',
    };
  }

  grantProduce(topic: DeclaredTopic, target: LambdaFunction): void {
    this.#access.grantProduce(topic, target);
  }

  grantConsume(topic: DeclaredTopic, group: string, target: LambdaFunction): void {
    this.#access.grantConsume(topic, group, target);
  }

  grantSetUp(target: LambdaFunction): void {
    for (const { name } of Object.values(TOPICS)) {
      this.#access.grantDescribeTopic(name, target);
      if (this.#setUpMakesTopics) this.#access.grantCreateTopic(name, target);
    }
  }

  addEventSource(target: LambdaFunction, declaration: EventSourceDeclaration): EventSourceMapping {
    this.grantConsume(TOPICS[declaration.topic].name, declaration.name, target);
    this.#access.grantMapping(target);
    return addEventSourceMapping(target, declaration, { eventSourceArn: this.clusterArn }, '');
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
