import { Arn, ArnFormat, Fn, type Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';

/**
 * Grants on an MSK cluster with IAM ("IAM access control", actions and resources of `kafka-cluster`), each with exactly
 * the actions that it takes on exactly these resources.
 */
export class MskAccess {
  readonly #clusterArn: string;
  readonly #stack: Stack;

  /** @param clusterArn `arn:…:kafka:<region>:<account>:cluster/<name>/<uuid>`, perhaps known only at deployment */
  constructor(stack: Stack, clusterArn: string) {
    this.#clusterArn = clusterArn;
    this.#stack = stack;
  }

  grantProduce(topic: string, grantee: IGrantable): void {
    this.#grant(grantee, ['kafka-cluster:Connect'], this.#clusterArn);
    this.#grant(
      grantee,
      ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'],
      this.#arn('topic', topic),
    );
  }

  grantConsume(topic: string, group: string, grantee: IGrantable): void {
    this.#grant(
      grantee,
      ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'],
      this.#clusterArn,
    );
    this.#grant(
      grantee,
      ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
      this.#arn('topic', topic),
    );
    this.#grant(
      grantee,
      ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'],
      this.#arn('group', group),
    );
  }

  /** Partitions and settings. */
  grantDescribeTopic(topic: string, grantee: IGrantable): void {
    this.#grant(grantee, ['kafka-cluster:Connect'], this.#clusterArn);
    this.#grant(
      grantee,
      ['kafka-cluster:DescribeTopic', 'kafka-cluster:DescribeTopicDynamicConfiguration'],
      this.#arn('topic', topic),
    );
  }

  grantCreateTopic(topic: string, grantee: IGrantable): void {
    this.#grant(grantee, ['kafka-cluster:CreateTopic'], this.#arn('topic', topic));
  }

  /** What an event source mapping asks of MSK and EC2 in the function's name ("Configuring Lambda permissions for MSK"). */
  grantMapping(grantee: IGrantable): void {
    this.#grant(
      grantee,
      ['kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'],
      this.#clusterArn,
    );
    this.#grant(grantee, MAPPING_NETWORK_ACTIONS, '*');
  }

  #arn(resource: 'topic' | 'group', name: string): string {
    // cluster/<name>/<uuid> → topic/<name>/<uuid>/<topic>
    const path = Fn.split('/', this.#clusterArn, 3);
    return Arn.format(
      {
        service: 'kafka',
        resource,
        resourceName: `${Fn.select(1, path)}/${Fn.select(2, path)}/${name}`,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      },
      this.#stack,
    );
  }

  #grant(grantee: IGrantable, actions: readonly string[], resource: string): void {
    Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [resource] }).assertSuccess();
  }
}

/** The pollers attach themselves to the brokers' subnets with the function's role. */
export const MAPPING_NETWORK_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeVpcs',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeSubnets',
  'ec2:DescribeSecurityGroups',
];
