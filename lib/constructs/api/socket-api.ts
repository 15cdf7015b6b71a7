import { Stack } from 'aws-cdk-lib';
import {
  LogGroupLogDestination,
  WebSocketApi,
  WebSocketRoute,
  WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import { type FunctionName, SOCKET_ROUTES } from '../../../core/contract/functions.ts';
import { SOCKET_PATH } from '../../../core/contract/security-headers.ts';
import type { Sizes } from '../../sizes.ts';
import { acknowledge, acknowledgeWildcards } from '../acknowledge.ts';
import { AccessLog, SOCKET_ACCESS_LOG } from './access-log.ts';

/** The path on every origin is the stage's name: CloudFront passes it on as it is. */
export const SOCKET_STAGE = SOCKET_PATH.slice(1);

/** The WebSocket API, its `@connections` and its id; the routes come later, because `deliver` needs to know of it first. */
export class PingMeSocketApi extends Construct {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;
  /** Where functions reach `@connections`. */
  readonly connectionsEndpoint: string;
  /** Host name of the API. */
  readonly domainName: string;

  constructor(
    scope: Construct,
    id: string,
    { sizes, connectionsEndpoint }: { sizes: Sizes; connectionsEndpoint: string | undefined },
  ) {
    super(scope, id);
    const { region, urlSuffix } = Stack.of(this);
    this.api = new WebSocketApi(this, 'Api', {
      description: 'Ping Me: live updates. It takes only connections that came through CloudFront.',
      routeSelectionExpression: '$request.body.type',
    });
    this.domainName = `${this.api.apiId}.execute-api.${region}.${urlSuffix}`;
    this.connectionsEndpoint =
      connectionsEndpoint?.replace('{api}', this.api.apiId) ?? `https://${this.domainName}/${SOCKET_STAGE}`;
    const accessLog = new AccessLog(this, 'AccessLog', sizes);
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName: SOCKET_STAGE,
      autoDeploy: true,
      throttle: sizes.throttle,
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog.logGroup),
        format: SOCKET_ACCESS_LOG,
      },
    });
  }

  /** The declared routes; whoever connects is asked for a session first. */
  addRoutes(functions: Readonly<Record<FunctionName, IFunction>>, { answers }: { answers: boolean }): void {
    for (const [routeKey, declared] of Object.entries(SOCKET_ROUTES)) {
      const name = `route-${routeKey.slice(1)}`;
      const route = new WebSocketRoute(this, name, {
        webSocketApi: this.api,
        routeKey,
        integration: new WebSocketLambdaIntegration(name, functions[declared.function]),
        ...('authorizer' in declared
          ? {
              authorizer: new WebSocketLambdaAuthorizer('Authorizer', functions[declared.authorizer], {
                // Nothing is cached, and the function also refuses who comes past CloudFront without any cookie.
                identitySource: [],
              }),
            }
          : {}),
        ...(routeKey === '$default' && answers ? { returnResponse: true } : {}),
      });
      if (!('authorizer' in declared)) {
        acknowledge(route, {
          'AwsSolutions-APIG4':
            'API Gateway takes an authorizer on $connect only, and that one decides for the whole connection.',
        });
      }
    }
  }

  /** Access logs need the account's role for them, where this deployment sets it. */
  dependOn(dependency: IDependable): void {
    this.stage.node.addDependency(dependency);
  }

  /** Lets a function post to live connections and close them. */
  grantConnections(target: LambdaFunction): void {
    const { partition, region, account } = Stack.of(this);
    const connections = `arn:${partition}:execute-api:${region}:${account}:${this.api.apiId}/${SOCKET_STAGE}`;
    const resourceArns = [`${connections}/POST/@connections/*`, `${connections}/DELETE/@connections/*`];
    const grant = Grant.addToPrincipal({
      grantee: target,
      actions: ['execute-api:ManageConnections'],
      resourceArns,
    });
    grant.assertSuccess();
    acknowledgeWildcards(
      target.role ?? target,
      resourceArns,
      'Whoever is connected may be posted to, or closed; ids of connections are made up by API Gateway.',
    );
  }
}
