import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { NODE_LOG_GROUP } from '../../../nodes/cassandra/shipped-logs.ts';
import type { Sizes } from '../../sizes.ts';

/** Where the Cassandra nodes send their logs; they may not make it themselves. */
export function nodeLogs(scope: Construct, id: string, { logRetention }: Sizes): LogGroup {
  return new LogGroup(scope, id, {
    logGroupName: NODE_LOG_GROUP,
    retention: logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
