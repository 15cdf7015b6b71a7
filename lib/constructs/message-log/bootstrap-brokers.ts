import type { CfnResource } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type FunctionDeclaration, MSK_FUNCTIONS } from '../../../core/contract/functions.ts';
import type { Sizes } from '../../sizes.ts';
import { acknowledge } from '../acknowledge.ts';
import { PingMeFunction } from '../functions/ping-me-function.ts';
import { RunAtDeployment } from '../functions/run-at-deployment.ts';

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
    const name = 'find-brokers';
    const declaration: FunctionDeclaration = MSK_FUNCTIONS[name];
    const target = new PingMeFunction(this, name, {
      name,
      declaration,
      settings: { MSK_CLUSTER: clusterArn, KAFKA_AUTHENTICATION: authentication },
      logRetention: sizes.logRetention,
      network: undefined,
      reservedConcurrency: undefined,
    });
    if (declaration.needs.findsBrokers) {
      target.addToRolePolicy(
        new PolicyStatement({ actions: ['kafka:GetBootstrapBrokers'], resources: [clusterArn] }),
      );
    }
    acknowledge(target, {
      'Serverless-LambdaDLQ': 'CloudFormation waits for its answer and hears of its failure.',
    });
    const { resource } = new RunAtDeployment(this, 'LookUp', {
      target,
      resourceType: 'Custom::PingMeBrokers',
      declaration: authentication,
      sizes,
    });
    // Of another cluster the addresses are asked for anew. Its ARN is not known yet when the declaration is digested.
    const { defaultChild } = resource.node;
    (defaultChild as CfnResource).addPropertyOverride('cluster', clusterArn);
    this.addresses = resource.getAttString('addresses');
  }
}
