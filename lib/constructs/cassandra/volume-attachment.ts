import { Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  JsonPath,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct, type IDependable } from 'constructs';
import type { Sizes } from '../../sizes.ts';
import { acknowledge, acknowledgeWildcards } from '../acknowledge.ts';

export interface VolumeAttachmentProps {
  readonly sizes: Sizes;
  /** Ids of the nodes' volumes, in the order of the nodes. */
  readonly volumeIds: readonly string[];
  /** Tag of this cluster's instances and groups. */
  readonly tag: { readonly key: string; readonly value: string };
}

/** Root volumes are xvda; Linux names the disk by its volume whatever is said here. */
const DEVICE = '/dev/sdf';
/** What holds a new instance of a node's group until it has its volume. */
export interface AttachmentHook {
  /** The group's hook has to have it: by its name the volume is known. */
  readonly name: string;
  /** How long it holds an instance; the group then ends that and starts another. */
  readonly seconds: number;
  /** What has to be there before the group starts its first instance. */
  readonly ready: IDependable;
}

/** The instance before may still be shutting down, and let go of the volume only then: mostly within two minutes. */
const ATTEMPTS = 30;
const BETWEEN_ATTEMPTS = Duration.seconds(10);
/**
 * All attempts, and a minute for the machine around them. A deployment waits fourteen minutes for a node: so an instance that did
 * not get its volume makes way early enough for a second one to get it, and for Cassandra to start there.
 */
const HELD = Duration.seconds(ATTEMPTS * BETWEEN_ATTEMPTS.toSeconds() + 60);

/**
 * Attaches a node's volume to each new instance of its group. The group's hook holds the instance until this is done. It runs
 * outside the VPC, and it is a state machine rather than a function, because it only calls AWS.
 */
export class VolumeAttachment extends Construct {
  /** In the order of the nodes. */
  readonly hooks: readonly AttachmentHook[];

  constructor(scope: Construct, id: string, { sizes, volumeIds, tag }: VolumeAttachmentProps) {
    super(scope, id);
    const name = Names.uniqueResourceName(this, { maxLength: 60 });
    const { partition, region, account } = Stack.of(this);
    const instances = `arn:${partition}:ec2:${region}:${account}:instance/*`;
    const groups = `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`;
    const attach = new CallAwsService(this, 'AttachVolume', {
      service: 'ec2',
      action: 'attachVolume',
      parameters: {
        VolumeId: JsonPath.stringAt('$.volume'),
        InstanceId: JsonPath.stringAt('$.instance'),
        Device: DEVICE,
      },
      iamResources: volumeIds.map(
        (volumeId) => `arn:${partition}:ec2:${region}:${account}:volume/${volumeId}`,
      ),
      resultPath: JsonPath.DISCARD,
    });
    attach.addRetry({
      errors: ['Ec2.Ec2Exception', 'States.TaskFailed'],
      interval: BETWEEN_ATTEMPTS,
      maxAttempts: ATTEMPTS,
      backoffRate: 1,
    });
    const complete = new CallAwsService(this, 'GoOn', {
      service: 'autoscaling',
      action: 'completeLifecycleAction',
      parameters: {
        AutoScalingGroupName: JsonPath.stringAt('$.group'),
        LifecycleHookName: JsonPath.stringAt('$.hook'),
        LifecycleActionToken: JsonPath.stringAt('$.token'),
        LifecycleActionResult: 'CONTINUE',
      },
      iamResources: [groups],
      additionalIamStatements: [
        new PolicyStatement({
          actions: ['ec2:AttachVolume'],
          resources: [instances],
          conditions: { StringEquals: { [`aws:ResourceTag/${tag.key}`]: tag.value } },
        }),
      ],
      resultPath: JsonPath.DISCARD,
    });
    const machine = new StateMachine(this, 'Machine', {
      comment: 'Ping Me: attaches a Cassandra node’s volume to its new instance',
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromChainable(attach.next(complete)),
      timeout: HELD,
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        destination: new LogGroup(this, 'Log', {
          // What begins otherwise makes the account's list of policies for such logs too long.
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: sizes.logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      },
    });
    this.hooks = volumeIds.map((volumeId, index) =>
      launchHook(this, index + 1, { name: `${name}-${index + 1}`, volumeId, machine }),
    );
    acknowledge(machine, {
      'AwsSolutions-IAM5[Resource::*]': 'Delivery of logs and traces of a state machine takes no resource.',
    });
    acknowledgeWildcards(
      machine,
      [instances, groups],
      'Instances are not known beforehand: a condition wants this cluster’s tag on them. Only a caller with the token of a waiting hook completes it.',
    );
  }
}

/** Has each instance that the named hook holds given its volume. The rule knows the volume: a hook that is there keeps its metadata. */
function launchHook(
  scope: Construct,
  number: number,
  { name, volumeId, machine }: { name: string; volumeId: string; machine: StateMachine },
): AttachmentHook {
  const rule = new Rule(scope, `Launches${number}`, {
    description: `Ping Me: Cassandra node ${number} gets a new instance`,
    eventPattern: {
      source: ['aws.autoscaling'],
      detailType: ['EC2 Instance-launch Lifecycle Action'],
      detail: { LifecycleHookName: [name] },
    },
    targets: [
      new SfnStateMachine(machine, {
        input: RuleTargetInput.fromObject({
          volume: volumeId,
          instance: EventField.fromPath('$.detail.EC2InstanceId'),
          group: EventField.fromPath('$.detail.AutoScalingGroupName'),
          hook: EventField.fromPath('$.detail.LifecycleHookName'),
          token: EventField.fromPath('$.detail.LifecycleActionToken'),
        }),
      }),
    ],
  });
  acknowledge(rule, {
    'Serverless-EventBusDLQ':
      'A lost event ends the hook, and with it the instance: the group starts another one, with an event of its own.',
  });
  return { name, seconds: HELD.toSeconds(), ready: rule };
}
