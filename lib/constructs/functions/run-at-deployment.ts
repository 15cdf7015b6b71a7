import { createHash } from 'node:crypto';
import { CustomResource, RemovalPolicy } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Sizes } from '../../sizes.ts';
import { deploymentProvider } from './deployment-provider.ts';

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
 * throws fails the deployment.
 */
export class RunAtDeployment extends Construct {
  readonly resource: CustomResource;

  constructor(
    scope: Construct,
    id: string,
    { target, resourceType, declaration, sizes }: RunAtDeploymentProps,
  ) {
    super(scope, id);
    this.resource = new CustomResource(this, 'Run', {
      serviceToken: deploymentProvider(this, target, sizes).serviceToken,
      resourceType,
      properties: { declaration: digestOf(declaration) },
      // Nothing is undone when the stack goes, so the function need not run then.
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

function digestOf(declaration: unknown): string {
  return createHash('sha256').update(JSON.stringify(declaration)).digest('hex').slice(0, 16);
}
