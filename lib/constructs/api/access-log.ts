import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Sizes } from '../../sizes.ts';

const format = (fields: Readonly<Record<string, string>>) =>
  AccessLogFormat.custom(
    JSON.stringify(
      Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, `$context.${field}`])),
    ),
  );

/** Who asked for what and what came of it; no header, no body, no query, which could hold what nobody should read. */
export const HTTP_ACCESS_LOG = format({
  requestId: 'requestId',
  time: 'requestTimeEpoch',
  route: 'routeKey',
  status: 'status',
  responseLength: 'responseLength',
  latency: 'responseLatency',
  integrationLatency: 'integrationLatency',
  integrationError: 'integrationErrorMessage',
  sourceIp: 'identity.sourceIp',
});

export const SOCKET_ACCESS_LOG = format({
  requestId: 'requestId',
  time: 'requestTimeEpoch',
  route: 'routeKey',
  eventType: 'eventType',
  connectionId: 'connectionId',
  status: 'status',
  integrationLatency: 'integrationLatency',
  integrationError: 'integrationErrorMessage',
  authorizerStatus: 'authorizer.status',
});

export class AccessLog extends Construct {
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, { logRetention }: Sizes) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Log', {
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
