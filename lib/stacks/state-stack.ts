import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { State } from '../constructs/state/state.ts';
import type { Sizes } from '../sizes.ts';

export interface StateStackProps extends StackProps {
  readonly config: Config;
  readonly sizes: Sizes;
}

/** DynamoDB tables and secrets. */
export class StateStack extends Stack {
  readonly state: State;

  constructor(scope: Construct, id: string, { config, sizes, ...props }: StateStackProps) {
    super(scope, id, props);
    this.state = new State(this, 'State', {
      sizes,
      restore: config.restore,
      rotateSecrets: config.rotateSecrets,
    });
    new CfnOutput(this, 'OriginSecret', {
      value: this.state.originSecret.secretArn,
      description: 'Where the header is kept that CloudFront sends to the API',
    });
  }
}
