import { Aws } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  type ISecurityGroup,
  Peer,
  Port,
  SecurityGroup,
  type SubnetSelection,
  type Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { KEYSPACES_PORT } from './network.ts';

const HTTPS = 443;

export interface EndpointsProps {
  readonly vpc: Vpc;
  readonly subnets: SubnetSelection;
  readonly clients: readonly ISecurityGroup[];
  readonly withNodes: boolean;
  readonly withKeyspaces: boolean;
}

/** The way to AWS's own services: free for S3 and DynamoDB, paid by the hour and zone for the few others. */
export function addEndpoints(scope: Construct, props: EndpointsProps): void {
  addGatewayEndpoints(props);
  const services: Record<string, InterfaceVpcEndpointAwsService> = {
    SecretsManager: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  };
  if (props.withNodes) {
    services.Ssm = InterfaceVpcEndpointAwsService.SSM;
    services.SsmMessages = InterfaceVpcEndpointAwsService.SSM_MESSAGES;
    // The nodes' logs, and what they say of themselves: alarms of dev know as much as those of prod.
    services.Logs = InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS;
    services.Monitoring = InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING;
  }
  if (props.withKeyspaces) services.Keyspaces = InterfaceVpcEndpointAwsService.KEYSPACES;
  const group = new SecurityGroup(scope, 'Endpoints', {
    vpc: props.vpc,
    description: 'Ping Me: endpoints of AWS services',
    allowAllOutbound: false,
  });
  for (const client of props.clients) {
    client.addEgressRule(group, Port.tcp(HTTPS), 'To endpoints of AWS services');
    group.addIngressRule(client, Port.tcp(HTTPS), 'From functions and nodes');
    // Gateway endpoints have public addresses, and routes lead to nothing else.
    client.addEgressRule(
      Peer.anyIpv4(),
      Port.tcp(HTTPS),
      'To S3 and DynamoDB through their gateway endpoints',
    );
    if (props.withKeyspaces) {
      client.addEgressRule(group, Port.tcp(KEYSPACES_PORT), 'To Keyspaces');
      group.addIngressRule(client, Port.tcp(KEYSPACES_PORT), 'From functions to Keyspaces');
    }
  }
  for (const [id, service] of Object.entries(services)) {
    props.vpc.addInterfaceEndpoint(id, {
      service,
      subnets: props.subnets,
      securityGroups: [group],
      open: false,
    });
  }
  acknowledge(group, {
    CdkNagValidationFailure:
      'The rules name security groups, not addresses; the pack can not look into a reference.',
  });
}

function addGatewayEndpoints({ vpc, withNodes }: EndpointsProps): void {
  const s3 = vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
  // Assets and backups are in buckets of this account.
  s3.addToPolicy(
    new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: [
        's3:GetObject',
        's3:PutObject',
        's3:ListBucket',
        's3:GetBucketLocation',
        's3:AbortMultipartUpload',
      ],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  if (withNodes) {
    s3.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ['s3:GetObject'],
        // Amazon Linux's own repositories, where the nodes get Java from.
        resources: [`arn:${Aws.PARTITION}:s3:::al2023-repos-${Aws.REGION}-de612dc2/*`],
      }),
    );
  }
  vpc.addGatewayEndpoint('DynamoDb', { service: GatewayVpcEndpointAwsService.DYNAMODB }).addToPolicy(
    new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: ['dynamodb:*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
}
