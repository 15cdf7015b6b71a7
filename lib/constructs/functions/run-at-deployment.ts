import { createHash } from 'node:crypto';
import { CustomResource, RemovalPolicy } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import type { Sizes } from '../../sizes.ts';
import { acknowledge, acknowledgeWildcards } from '../acknowledge.ts';
import { OF_THE_CDK } from '../custom-resources.ts';

export interface RunAtDeploymentProps {
  readonly target: IFunction;
  /** `Custom::…` */
  readonly resourceType: string;
  /** What the function brings about: it runs again when this has changed. */
  readonly declaration: unknown;
  readonly sizes: Sizes;
}

/**
 * Runs a function that is safe to run again: at the first deployment, and whenever its declaration has changed. What it
 * throws fails the deployment. The function may be inside the VPC; the provider that calls it and answers CloudFormation is
 * outside, so it needs no way out.
 */
export class RunAtDeployment extends Construct {
  readonly resource: CustomResource;

  constructor(
    scope: Construct,
    id: string,
    { target, resourceType, declaration, sizes }: RunAtDeploymentProps,
  ) {
    super(scope, id);
    const provider = new Provider(this, 'Provider', {
      onEventHandler: target,
      logGroup: new LogGroup(this, 'Log', {
        retention: sizes.logRetention,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
    this.resource = new CustomResource(this, 'Run', {
      serviceToken: provider.serviceToken,
      resourceType,
      properties: { declaration: digestOf(declaration) },
      // Nothing is undone when the stack goes, so the function need not run then.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(provider, OF_THE_CDK);
    acknowledgeWildcards(
      provider,
      [`${target.functionArn}:*`],
      'The provider of the CDK may invoke every version of the one function.',
    );
  }
}

function digestOf(declaration: unknown): string {
  return createHash('sha256').update(JSON.stringify(declaration)).digest('hex').slice(0, 16);
}
