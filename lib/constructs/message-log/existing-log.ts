import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import {
  type EventSourceMapping,
  type EventSourceMappingOptions,
  type Function as LambdaFunction,
  SourceAccessConfigurationType,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { EventSourceDeclaration } from '../../../core/contract/event-sources.ts';
import { TOPICS } from '../../../core/contract/topics.ts';
import type { ExistingBootstrapServers, ExistingMskCluster } from '../../config/kafka-config.ts';
import type { NetworkConfig } from '../../config/network-config.ts';
import type { Sizes } from '../../sizes.ts';
import { type ExistingSecret, existingSecrets } from '../existing-secret.ts';
import { BootstrapBrokers } from './bootstrap-brokers.ts';
import { addEventSourceMapping } from './event-source-mapping.ts';
import { type DeclaredTopic, type MessageLog, topicSettings } from './message-log.ts';
import { MAPPING_NETWORK_ACTIONS, MskAccess } from './msk-access.ts';

export interface ExistingLogProps {
  readonly cluster: ExistingMskCluster | ExistingBootstrapServers;
  readonly network: NetworkConfig;
  readonly sizes: Sizes;
}

/** Kafka that the user already has: an MSK cluster by its ARN, or brokers by their addresses. */
export class ExistingLog extends Construct implements MessageLog {
  readonly connectionSettings: Readonly<Record<string, string>>;
  readonly topicSettings: Readonly<Record<string, string>>;
  readonly setUpSettings: Readonly<Record<string, string>>;
  readonly clusterArn: string | undefined;
  readonly #props: ExistingLogProps;
  readonly #secrets: readonly ExistingSecret[];
  /** Where IAM decides who may do what. */
  readonly #access: MskAccess | undefined;

  constructor(scope: Construct, id: string, props: ExistingLogProps) {
    super(scope, id);
    this.#props = props;
    const { cluster } = props;
    const authorityArn = authorityOf(cluster);
    this.#secrets = existingSecrets(this, { Secret: cluster.secretArn, Authority: authorityArn });
    this.clusterArn = cluster.kind === 'existing-cluster' ? cluster.clusterArn : undefined;
    this.#access =
      cluster.kind === 'existing-cluster' && cluster.authentication === 'iam'
        ? new MskAccess(Stack.of(this), cluster.clusterArn)
        : undefined;
    const brokers =
      cluster.kind === 'existing-cluster'
        ? new BootstrapBrokers(this, 'Brokers', {
            clusterArn: cluster.clusterArn,
            authentication: cluster.authentication,
            sizes: props.sizes,
          }).addresses
        : cluster.bootstrapServers.join(',');
    const tls = cluster.kind === 'existing-cluster' || cluster.tls;
    this.connectionSettings = {
      KAFKA_BROKERS: brokers,
      KAFKA_AUTHENTICATION: cluster.authentication,
      KAFKA_TLS: tls ? 'on' : 'off',
      ...(cluster.secretArn === undefined ? {} : { KAFKA_SECRET: `secret:${cluster.secretArn}` }),
      ...(authorityArn === undefined ? {} : { KAFKA_TLS_AUTHORITY: `secret:${authorityArn}` }),
      KAFKAJS_NO_PARTITIONER_WARNING: '1',
    };
    this.topicSettings = topicSettings(cluster);
    this.setUpSettings = {
      TOPIC_PARTITIONS: cluster.partitions,
      KAFKA_REPLICATION_FACTOR: String(cluster.replicationFactor),
      CREATES_TOPICS: 'yes',
    };
  }

  grantProduce(topic: DeclaredTopic, target: LambdaFunction): void {
    this.#grantSecrets(target);
    this.#access?.grantProduce(this.#prefixed(topic), target);
  }

  grantConsume(topic: DeclaredTopic, group: string, target: LambdaFunction): void {
    this.#grantSecrets(target);
    this.#access?.grantConsume(this.#prefixed(topic), this.#prefixed(group), target);
  }

  grantSetUp(target: LambdaFunction): void {
    this.#grantSecrets(target);
    for (const { name } of Object.values(TOPICS)) {
      this.#access?.grantDescribeTopic(this.#prefixed(name), target);
      this.#access?.grantCreateTopic(this.#prefixed(name), target);
    }
  }

  addEventSource(target: LambdaFunction, declaration: EventSourceDeclaration): EventSourceMapping {
    this.grantConsume(TOPICS[declaration.topic].name, declaration.name, target);
    const { cluster } = this.#props;
    if (cluster.kind === 'existing-cluster') {
      new MskAccess(Stack.of(this), cluster.clusterArn).grantMapping(target);
    } else {
      Grant.addToPrincipal({ grantee: target, actions: MAPPING_NETWORK_ACTIONS, resourceArns: ['*'] });
    }
    return addEventSourceMapping(target, declaration, this.#source(), cluster.topicPrefix);
  }

  #source(): EventSourceMappingOptions {
    const { cluster, network } = this.#props;
    const secret =
      cluster.secretArn === undefined
        ? []
        : [{ type: SourceAccessConfigurationType.SASL_SCRAM_512_AUTH, uri: cluster.secretArn }];
    if (cluster.kind === 'existing-cluster') {
      return {
        eventSourceArn: cluster.clusterArn,
        ...(secret.length === 0 ? {} : { sourceAccessConfigurations: secret }),
      };
    }
    const where =
      network.kind === 'existing'
        ? [
            ...network.subnetIds.map((id) => ({
              type: SourceAccessConfigurationType.VPC_SUBNET,
              uri: `subnet:${id}`,
            })),
            {
              type: SourceAccessConfigurationType.VPC_SECURITY_GROUP,
              uri: `security_group:${network.securityGroupId}`,
            },
          ]
        : [];
    const { authorityArn } = cluster;
    const authority =
      authorityArn === undefined
        ? []
        : [{ type: SourceAccessConfigurationType.SERVER_ROOT_CA_CERTIFICATE, uri: authorityArn }];
    return {
      kafkaBootstrapServers: [...cluster.bootstrapServers],
      sourceAccessConfigurations: [...where, ...secret, ...authority],
    };
  }

  #prefixed(name: string): string {
    return `${this.#props.cluster.topicPrefix}${name}`;
  }

  #grantSecrets(target: LambdaFunction): void {
    for (const secret of this.#secrets) secret.grantRead(target);
  }
}

/** MSK's certificates are signed by an authority that everybody knows. */
function authorityOf(cluster: ExistingMskCluster | ExistingBootstrapServers): string | undefined {
  return cluster.kind === 'existing-servers' ? cluster.authorityArn : undefined;
}
