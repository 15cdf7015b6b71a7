import { Stack } from 'aws-cdk-lib';
import { Grant, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IStringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { NODE_METRICS_NAMESPACE } from '../../../nodes/cassandra/health-metrics.ts';
import { NODE_LOG_GROUP } from '../../../nodes/cassandra/shipped-logs.ts';
import { acknowledge, acknowledgeWildcards } from '../acknowledge.ts';

export interface NodeRoleProps {
  readonly certificate: ISecret;
  readonly membership: IStringParameter;
  readonly assets: readonly Asset[];
  readonly backups: IBucket;
  /** Begin of the names of this system's backups. */
  readonly backupPrefix: string;
  /** Name of the bucket of an earlier cluster, whose backups have the same names. */
  readonly earlierBackups: string | undefined;
}

/** Sessions instead of SSH ("Session Manager: minimal permissions"); none of these takes a resource. */
const SESSION_ACTIONS = [
  'ssm:UpdateInstanceInformation',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

/** What a node may do: read its own certificate and assets, remember that it is in the ring, keep backups, say how it is. */
export function nodeRole(scope: Construct, id: string, props: NodeRoleProps): Role {
  const role = new Role(scope, id, { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  role.addToPolicy(new PolicyStatement({ actions: SESSION_ACTIONS, resources: ['*'] }));
  props.certificate.grantRead(role);
  const grant = (actions: string[], ...resourceArns: string[]) =>
    Grant.addToPrincipal({ grantee: role, actions, resourceArns }).assertSuccess();
  grant(['ssm:GetParameter', 'ssm:PutParameter'], props.membership.parameterArn);
  grant(['s3:GetObject'], ...props.assets.map((asset) => asset.bucket.arnForObjects(asset.s3ObjectKey)));
  const { partition, region, account } = Stack.of(scope);
  const packages = `arn:${partition}:s3:::al2023-repos-${region}-de612dc2/*`;
  const backups = props.backups.arnForObjects(`${props.backupPrefix}/*`);
  grant(['s3:GetObject'], packages);
  // Reading is for a restore; removing is the bucket's own business, so that a node in wrong hands can not.
  grant(['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], backups);
  grant(['s3:ListBucket'], props.backups.bucketArn);
  const earlier = props.earlierBackups === undefined ? [] : [`arn:${partition}:s3:::${props.earlierBackups}`];
  const earlierBackups = earlier.map((bucket) => `${bucket}/${props.backupPrefix}/*`);
  for (const bucket of earlier) grant(['s3:ListBucket'], bucket);
  for (const names of earlierBackups) grant(['s3:GetObject'], names);
  role.addToPolicy(
    new PolicyStatement({
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': NODE_METRICS_NAMESPACE } },
    }),
  );
  const logs = `arn:${partition}:logs:${region}:${account}:log-group:${NODE_LOG_GROUP}:*`;
  grant(['logs:CreateLogStream', 'logs:PutLogEvents'], logs);
  acknowledge(role, {
    'AwsSolutions-IAM5[Resource::*]':
      'Session Manager’s actions take no resource, and neither do metrics: a condition names their one namespace.',
  });
  acknowledgeWildcards(
    role,
    [packages, backups, ...earlierBackups, logs],
    'Amazon Linux’s own repositories, which anybody may read; backups of this cluster and of the one before, whose names are times; and the streams of its one log group.',
  );
  return role;
}
