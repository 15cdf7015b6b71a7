import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionDeclaration } from '../../../core/contract/functions.ts';
import { acknowledge } from '../acknowledge.ts';
import { functionCode } from './function-code.ts';
import type { FunctionNetwork } from './function-network.ts';

export interface PingMeFunctionProps {
  readonly name: string;
  readonly declaration: FunctionDeclaration;
  readonly settings: Readonly<Record<string, string>>;
  readonly logRetention: RetentionDays;
  /** Undefined: outside any VPC. */
  readonly network: FunctionNetwork | undefined;
  /** Undefined: as many instances at once as the account has. */
  readonly reservedConcurrency: number | undefined;
}

/** What Lambda itself needs to attach a function to subnets ("Giving Lambda functions access to resources in a VPC"). */
const NETWORK_INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** One declared function: its own bundle, its own role, its own log group, and nothing granted but what is asked for. */
export class PingMeFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, { name, declaration, network, ...props }: PingMeFunctionProps) {
    const { entry, timeoutSeconds, memoryMegabytes } = declaration;
    const role = new Role(scope, `${id}-role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(scope, `${id}-log`, {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      description: `Ping Me: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: functionCode(entry),
      handler: 'index.handler',
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMegabytes,
      environment: { ...props.settings },
      reservedConcurrentExecutions: props.reservedConcurrency,
      role,
      logGroup,
      tracing: Tracing.ACTIVE,
      ...(network === undefined
        ? {}
        : {
            vpc: network.vpc,
            vpcSubnets: network.vpcSubnets,
            securityGroups: [network.securityGroup],
          }),
    });
    logGroup.grantWrite(role);
    if (network !== undefined) {
      role.addToPolicy(new PolicyStatement({ actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'] }));
    }
    acknowledge(role, {
      'AwsSolutions-IAM5[Resource::*]':
        'X-Ray segments and network interfaces have no resource to name: AWS takes no narrower resource for these actions.',
    });
  }
}
