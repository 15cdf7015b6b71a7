import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { RouteName } from '../../core/contract/routes.ts';
import type { RouteRequest } from './route-request.ts';

/** What the middlewares leave on the event for each other and for the handler. */
export interface HttpEvent extends APIGatewayProxyEventV2 {
  pingMe?: {
    session?: RouteRequest<RouteName>['session'];
    params?: unknown;
    query?: unknown;
    body?: unknown;
  };
}

export type HttpMiddleware = middy.MiddlewareObj<HttpEvent, APIGatewayProxyStructuredResultV2>;
