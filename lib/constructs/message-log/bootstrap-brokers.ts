import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import type { Sizes } from '../../sizes.ts';
import { acknowledgeProvider } from '../custom-resources.ts';

export interface BootstrapBrokersProps {
  readonly clusterArn: string;
  readonly authentication: 'iam' | 'scram';
  readonly sizes: Sizes;
}

/**
 * Addresses of an MSK cluster's brokers, asked for when the cluster is made and outside the VPC: no attribute of the cluster
 * holds them, and asking from inside would need an endpoint.
 */
export class BootstrapBrokers extends Construct {
  /** Addresses with ports, separated by commas. */
  readonly addresses: string;

  constructor(scope: Construct, id: string, { clusterArn, authentication, sizes }: BootstrapBrokersProps) {
    super(scope, id);
    const field =
      authentication === 'iam' ? 'BootstrapBrokerStringSaslIam' : 'BootstrapBrokerStringSaslScram';
    const call = {
      service: '@aws-sdk/client-kafka',
      action: 'GetBootstrapBrokersCommand',
      parameters: { ClusterArn: clusterArn },
      physicalResourceId: PhysicalResourceId.of(`${id}-${authentication}`),
      outputPaths: [field],
    };
    const lookUp = new AwsCustomResource(this, 'LookUp', {
      resourceType: 'Custom::BootstrapBrokers',
      onUpdate: call,
      installLatestAwsSdk: false,
      logGroup: new LogGroup(this, 'Log', {
        retention: sizes.logRetention,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      policy: AwsCustomResourcePolicy.fromStatements([
        new PolicyStatement({ actions: ['kafka:GetBootstrapBrokers'], resources: [clusterArn] }),
      ]),
    });
    this.addresses = lookUp.getResponseField(field);
    acknowledgeProvider(this);
  }
}
