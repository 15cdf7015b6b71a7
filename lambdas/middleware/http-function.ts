import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { ROUTES, type RouteDeclaration, type RouteName } from '../../core/contract/routes.ts';
import { traceparentOf } from '../runtime/trace.ts';
import { cookiesOf, parseCookies } from './cookies.ts';
import type { HttpEvent } from './http-event.ts';
import { logContext } from './log-context.ts';
import { originSecret } from './origin-secret.ts';
import { parseRequest } from './parse-request.ts';
import { problemJson } from './problem-json.ts';
import { rateLimit } from './rate-limit.ts';
import type { RouteAnswer, RouteRequest } from './route-request.ts';
import { sameOrigin } from './same-origin.ts';
import { session } from './session.ts';
import { viewerAddressOf } from './viewer-address.ts';

/**
 * Makes the entry point of a route: everything around the use case is read from the route's declaration, so that a
 * function can't forget a check.
 *
 * @example
 * export const handler = httpFunction('read-user', async ({ params }) => ({ body: await readUser(users(), params.userId) }));
 */
export function httpFunction<N extends RouteName>(
  name: N,
  handle: (request: RouteRequest<N>) => Promise<RouteAnswer<N>>,
): (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2> {
  const route: RouteDeclaration = ROUTES[name];
  const answer = async (event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> => {
    const { body, cookies } = await handle({
      ...event.pingMe,
      cookies: parseCookies(cookiesOf(event)),
      sourceAddress: viewerAddressOf(event),
      requestId: event.requestContext.requestId,
      traceparent: traceparentOf(event.headers.traceparent),
    } as RouteRequest<N>);
    return {
      statusCode: route.success.status,
      headers: {
        'cache-control': 'no-store',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(cookies ? { cookies: [...cookies] } : {}),
    };
  };
  const handler = middy<HttpEvent, APIGatewayProxyStructuredResultV2>(answer)
    .use(logContext(name))
    .use(problemJson())
    .use(originSecret())
    .use(sameOrigin(route))
    .use(session(route))
    .use(rateLimit(name, route))
    .use(parseRequest(route));
  return handler as unknown as (
    event: APIGatewayProxyEventV2,
    context: Context,
  ) => Promise<APIGatewayProxyStructuredResultV2>;
}
