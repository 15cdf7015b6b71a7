import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CfnDeletionPolicy, Fn, Stage, Tags } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnLaunchTemplate, CfnNetworkInterface, CfnVolume } from 'aws-cdk-lib/aws-ec2';
import { CfnInstanceProfile, type Role } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct, type IDependable } from 'constructs';
import type { NodeBoot } from '../../../nodes/cassandra/node-boot.ts';
import type { Sizes } from '../../sizes.ts';
import { acknowledge } from '../acknowledge.ts';
import type { NodeNetwork } from '../network/network.ts';
import { nodeRole } from './node-role.ts';
import type { NodesReady } from './nodes-ready.ts';
import type { AttachmentHook } from './volume-attachment.ts';

export interface CassandraNodeProps {
  /** From 0; of its zone, subnet and address too. */
  readonly index: number;
  readonly network: NodeNetwork;
  readonly sizes: Sizes;
  readonly region: string;
  readonly imageId: string;
  readonly boot: NodeBoot;
  readonly jars: Asset;
  readonly certificate: ISecret;
  readonly backups: IBucket;
  readonly backupPrefix: string;
  /** Name of the bucket of an earlier cluster, for a restore. */
  readonly earlierBackups: string | undefined;
  readonly volume: CfnVolume;
  /** Gives each new instance the volume. */
  readonly hook: AttachmentHook;
  /** What has to be there before the node can start: its certificate. */
  readonly ready: IDependable;
  /** The node before this one: one node changes at a time. */
  readonly after: CassandraNode | undefined;
  /** What the others have to be before this one changes. */
  readonly nodesReady: NodesReady;
  readonly tag: { readonly key: string; readonly value: string };
}

const ROOT_VOLUME_GIBIBYTES = 16;
/** Behind a new instance, for the old one to be gone for sure; that the node is back is awaited by `NodesReady`. */
const PAUSE_AFTER_CHANGE = 'PT1M';

/** A node's volume: it outlives every instance, and in prod ends in a snapshot. */
export function nodeVolume(
  scope: Construct,
  id: string,
  props: { zone: string; sizes: Sizes; snapshotId: string | undefined },
): CfnVolume {
  const volume = new CfnVolume(scope, id, {
    availabilityZone: props.zone,
    volumeType: 'gp3',
    encrypted: true,
    size: props.sizes.node.volumeGibibytes,
    snapshotId: props.snapshotId,
  });
  const ending = props.sizes.protectData ? CfnDeletionPolicy.SNAPSHOT : CfnDeletionPolicy.DELETE;
  volume.cfnOptions.deletionPolicy = ending;
  volume.cfnOptions.updateReplacePolicy = ending;
  return volume;
}

/**
 * One Cassandra node that heals itself: a group of one instance whose network interface, and with it the address, and whose
 * volume stay when the instance is replaced. The old instance ends before the new one starts.
 */
export class CassandraNode extends Construct {
  readonly group: CfnAutoScalingGroup;
  /** Another text whenever the node is to run something else. Not when it gets another volume. */
  readonly runs: string;

  constructor(scope: Construct, id: string, props: CassandraNodeProps) {
    super(scope, id);
    const { index, network, tag } = props;
    const subnet = network.subnets[index];
    const zone = network.zones[index];
    if (subnet === undefined || zone === undefined)
      throw new RangeError(`The network has no zone ${index + 1}.`);
    const interface_ = new CfnNetworkInterface(this, 'Interface', {
      description: `Ping Me: Cassandra node ${index + 1}`,
      subnetId: subnet.subnetId,
      privateIpAddress: network.addresses[index],
      groupSet: [network.securityGroup.securityGroupId],
    });
    // Nothing of it may ever change here: CloudFormation would write `none` over what the node has written.
    const membership = new StringParameter(this, 'Membership', {
      description: `Ping Me: whether Cassandra node ${index + 1} has been in the ring. Written by the node.`,
      stringValue: 'none',
    });
    const files = new Asset(this, 'Files', { path: this.#write(props.boot) });
    this.runs = [props.imageId, props.sizes.node.instanceType, files.assetHash, props.jars.assetHash].join(
      ' ',
    );
    const role = nodeRole(this, 'Role', {
      certificate: props.certificate,
      membership,
      assets: [files, props.jars],
      backups: props.backups,
      backupPrefix: props.backupPrefix,
      earlierBackups: props.earlierBackups,
    });
    const userData = props.boot.userData({
      region: props.region,
      filesUrl: files.s3ObjectUrl,
      jarsUrl: props.jars.s3ObjectUrl,
      volumeId: props.volume.attrVolumeId,
      certificateSecret: props.certificate.secretArn,
      membershipParameter: membership.parameterName,
      backupUrl: `s3://${props.backups.bucketName}/${props.backupPrefix}`,
    });
    const template = this.#template(props, role, interface_, userData);
    this.group = new CfnAutoScalingGroup(this, 'Group', {
      // Of the interface; a list of subnets would give the instance another one.
      availabilityZones: [zone],
      minSize: '0',
      maxSize: '1',
      desiredCapacity: '1',
      healthCheckType: 'EC2',
      launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
      // Interface and volume belong to one instance at a time.
      instanceMaintenancePolicy: { minHealthyPercentage: 0, maxHealthyPercentage: 100 },
      lifecycleHookSpecificationList: [
        {
          lifecycleHookName: props.hook.name,
          lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
          heartbeatTimeout: props.hook.seconds,
          defaultResult: 'ABANDON',
        },
      ],
      metricsCollection: [{ granularity: '1Minute', metrics: ['GroupInServiceInstances'] }],
      tags: [
        { key: tag.key, value: tag.value, propagateAtLaunch: true },
        { key: 'Name', value: `ping-me-cassandra-${index + 1}`, propagateAtLaunch: true },
      ],
    });
    this.group.cfnOptions.updatePolicy = {
      autoScalingRollingUpdate: {
        minInstancesInService: 0,
        maxBatchSize: 1,
        pauseTime: PAUSE_AFTER_CHANGE,
        waitOnResourceSignals: false,
        suspendProcesses: ['AZRebalance', 'AlarmNotification', 'ScheduledActions'],
      },
    };
    const othersReady = props.nodesReady.beforeNode(
      index,
      `${template.ref} ${template.attrLatestVersionNumber}`,
    );
    if (props.after !== undefined) othersReady.node.addDependency(props.after.group);
    this.group.node.addDependency(role, props.hook.ready, props.ready, othersReady);
    Tags.of(this).add(tag.key, tag.value, {
      excludeResourceTypes: ['AWS::AutoScaling::AutoScalingGroup', 'AWS::SSM::Parameter'],
    });
    acknowledge(this.group, {
      'AwsSolutions-AS3':
        'A replaced instance is what the group is for; docs/operations.md has an alarm for nodes that stay away.',
    });
  }

  #template(
    { imageId, sizes }: CassandraNodeProps,
    role: Role,
    interface_: CfnNetworkInterface,
    userData: string,
  ): CfnLaunchTemplate {
    const profile = new CfnInstanceProfile(this, 'Profile', { roles: [role.roleName] });
    return new CfnLaunchTemplate(this, 'Template', {
      launchTemplateData: {
        imageId,
        instanceType: sizes.node.instanceType,
        iamInstanceProfile: { arn: profile.attrArn },
        networkInterfaces: [{ deviceIndex: 0, networkInterfaceId: interface_.attrId }],
        metadataOptions: {
          httpTokens: 'required',
          httpPutResponseHopLimit: 1,
          instanceMetadataTags: 'disabled',
        },
        monitoring: { enabled: sizes.protectData },
        blockDeviceMappings: [
          {
            deviceName: '/dev/xvda',
            ebs: {
              volumeType: 'gp3',
              volumeSize: ROOT_VOLUME_GIBIBYTES,
              encrypted: true,
              deleteOnTermination: true,
            },
          },
        ],
        userData: Fn.base64(userData),
      },
    });
  }

  /** A folder of the assembly, which becomes the node's asset. */
  #write(boot: NodeBoot): string {
    const folder = join(Stage.of(this)?.outdir ?? '.', 'node-files', this.node.addr);
    for (const { path, contents, executable } of boot.files) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, contents, { mode: executable ? 0o755 : 0o644 });
    }
    return folder;
  }
}
