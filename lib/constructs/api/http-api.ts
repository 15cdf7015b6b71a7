import {
  HttpApi,
  type HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionName } from '../../../core/contract/functions.ts';
import { ROUTE_NAMES, ROUTES } from '../../../core/contract/routes.ts';
import type { Sizes } from '../../sizes.ts';
import { acknowledge } from '../acknowledge.ts';
import { AccessLog, HTTP_ACCESS_LOG } from './access-log.ts';

export interface PingMeHttpApiProps {
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly sizes: Sizes;
}

/** The declared routes, each to the function of its name, and our own 404 for everything else. */
export class PingMeHttpApi extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;

  constructor(scope: Construct, id: string, { functions, sizes }: PingMeHttpApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      description: 'Ping Me: the HTTP API. It answers only what came through CloudFront.',
      createDefaultStage: false,
    });
    const accessLog = new AccessLog(this, 'AccessLog', sizes);
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: sizes.throttle,
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog.logGroup),
        format: HTTP_ACCESS_LOG,
      },
    });
    for (const name of ROUTE_NAMES) {
      const { method, path } = ROUTES[name];
      this.#route(name, HttpRouteKey.with(path, method as HttpMethod), functions[name]);
    }
    this.#route('route-not-found', HttpRouteKey.DEFAULT, functions['route-not-found']);
  }

  #route(name: FunctionName, routeKey: HttpRouteKey, target: IFunction): void {
    const route = new HttpRoute(this, name, {
      httpApi: this.api,
      routeKey,
      integration: new HttpLambdaIntegration(name, target),
      authorizer: new HttpNoneAuthorizer(),
    });
    acknowledge(route, {
      'AwsSolutions-APIG4':
        'The session is verified in the middleware that every function is made with, from the route’s declaration: an authorizer would answer in a form that the page can not read. A test calls each route without a session.',
    });
  }
}
