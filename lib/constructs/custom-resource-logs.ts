import { CfnResource, CustomResourceProviderBase, type IAspect, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import type { Sizes } from '../sizes.ts';

/**
 * Gives the CDK's own functions that empty buckets a log group: they know no setting for it, `CustomResourceConfig` does not
 * reach them, and what Lambda makes for them by itself is kept for ever. Those that pass values between regions escape it: the
 * CDK makes them after all aspects.
 */
export class CustomResourceLogs implements IAspect {
  readonly #sizes: Sizes;

  constructor(sizes: Sizes) {
    this.#sizes = sizes;
  }

  visit(node: IConstruct): void {
    if (!(node instanceof CustomResourceProviderBase)) return;
    const handler = node.node.tryFindChild('Handler');
    if (!(handler instanceof CfnResource)) return;
    const logGroup = new LogGroup(node, 'Log', {
      retention: this.#sizes.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    handler.addPropertyOverride('LoggingConfig', { LogGroup: logGroup.logGroupName });
  }
}
