import { RemovalPolicy } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import type { Sizes } from '../../sizes.ts';
import { acknowledge, acknowledgeWildcards } from '../acknowledge.ts';
import { OF_THE_CDK } from '../custom-resources.ts';

/**
 * Lets CloudFormation call a function: what it throws fails the deployment. The function may be inside the VPC; the provider
 * that calls it and answers CloudFormation is outside, so it needs no way out.
 */
export function deploymentProvider(scope: Construct, target: IFunction, sizes: Sizes): Provider {
  const provider = new Provider(scope, 'Provider', {
    onEventHandler: target,
    logGroup: new LogGroup(scope, 'Log', {
      retention: sizes.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  });
  acknowledge(provider, OF_THE_CDK);
  acknowledgeWildcards(
    provider,
    [`${target.functionArn}:*`],
    'The provider of the CDK may invoke every version of the one function.',
  );
  return provider;
}
