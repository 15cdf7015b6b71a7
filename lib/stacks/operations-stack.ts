import { Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Database } from '../constructs/database/database.ts';
import type { MessageLog } from '../constructs/message-log/message-log.ts';
import { BROKERS } from '../constructs/message-log/msk-cluster.ts';
import { Alarms } from '../constructs/operations/alarms.ts';
import { OnCallDashboard } from '../constructs/operations/dashboard.ts';
import type { ApiStack } from './api-stack.ts';

export interface OperationsStackProps extends StackProps {
  readonly config: Config;
  readonly api: ApiStack;
  readonly log: MessageLog;
  readonly database: Database;
}

/** The dashboard, and alarms where they are wanted. */
export class OperationsStack extends Stack {
  readonly alarms: Alarms | undefined;

  constructor(scope: Construct, id: string, { config, api, log, database, ...props }: OperationsStackProps) {
    super(scope, id, props);
    const functions = api.functions.byName;
    // arn:…:cluster/<name>/<uuid>
    const clusterName =
      log.clusterArn === undefined ? undefined : Fn.select(1, Fn.split('/', log.clusterArn));
    const { nodeGroups } = database;
    new OnCallDashboard(this, 'Dashboard', {
      functions,
      http: api.http,
      clusterName,
      brokers: BROKERS,
      nodeGroups,
    });
    if (!config.alarms) return;
    const topic = new Topic(this, 'Alarms', { displayName: 'Ping Me alarms', enforceSSL: true });
    // A policy of its own takes the place of the one that lets the account's alarms in.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    if (config.alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(config.alarmEmail));
    this.alarms = new Alarms(this, 'Alarm', { functions, clusterName, brokers: BROKERS, nodeGroups, topic });
  }
}
