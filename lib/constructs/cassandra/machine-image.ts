import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import type { Sizes } from '../../sizes.ts';
import { acknowledgeProvider } from '../custom-resources.ts';

/** Amazon's own list of the newest images. */
const NEWEST = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64';

/**
 * The image that all nodes run, and go on running: a parameter that is read at each deployment would replace all three
 * nodes whenever Amazon publishes a new one. So the newest is asked for once, by a resource; another one is chosen by its id.
 * That resource asks again when the CDK changes how it calls AWS, and when a chosen id is taken away again: prod does well to
 * choose one.
 */
export class MachineImage extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, { chosen, sizes }: { chosen: string | undefined; sizes: Sizes }) {
    super(scope, id);
    if (chosen !== undefined) {
      this.id = chosen;
      return;
    }
    const { partition, region } = Stack.of(this);
    const lookUp = new AwsCustomResource(this, 'First', {
      resourceType: 'Custom::FirstMachineImage',
      onUpdate: {
        service: '@aws-sdk/client-ssm',
        action: 'GetParameterCommand',
        parameters: { Name: NEWEST },
        physicalResourceId: PhysicalResourceId.of('first-machine-image'),
        outputPaths: ['Parameter.Value'],
      },
      installLatestAwsSdk: false,
      logGroup: new LogGroup(this, 'Log', {
        retention: sizes.logRetention,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      policy: AwsCustomResourcePolicy.fromStatements([
        new PolicyStatement({
          actions: ['ssm:GetParameter'],
          resources: [`arn:${partition}:ssm:${region}::parameter${NEWEST}`],
        }),
      ]),
    });
    this.id = lookUp.getResponseField('Parameter.Value');
    acknowledgeProvider(this);
  }
}
