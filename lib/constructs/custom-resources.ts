import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** Ids that the CDK gives its own functions, which serve every custom resource of their kind in a stack. */
const PROVIDERS = /^(AWS[0-9a-f]{32}|Custom::.+|.*CustomResourceProvider.*)$/;

/**
 * Acknowledges, on the functions that the CDK brings along for custom resources, what is the CDK's to decide. Called by
 * whoever brings one into a stack; says the same thing only once.
 */
export function acknowledgeProvider(construct: IConstruct): void {
  for (const child of Stack.of(construct).node.children) {
    if (PROVIDERS.test(child.node.id)) acknowledge(child, OF_THE_CDK);
  }
}

/** Runtime, policy and failure handling of a function that only CloudFormation calls, and that the CDK maintains. */
export const OF_THE_CDK = {
  'AwsSolutions-L1': 'The CDK chooses the runtime of its own functions and moves it with its releases.',
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
    'The CDK gives its own functions this policy of AWS: it allows writing logs and nothing else.',
  'Serverless-LambdaDLQ':
    'CloudFormation waits for the answer and fails the deployment without it; nothing is lost.',
  'Serverless-LambdaTracing': 'It runs during deployments only, and its log tells what it did.',
  'Serverless-LambdaDefaultMemorySize': 'The CDK chose 128 MB; it makes one call.',
  'Serverless-LambdaLatestVersion':
    'The CDK chooses the runtime of its own functions and moves it with its releases.',
} as const;
