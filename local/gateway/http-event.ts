import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { commonLogTime, HTTP_API, newGatewayId, newTraceHeader } from './api-identity.ts';
import { EDGE_ADDRESS } from './edge.ts';
import { type HeaderList, headerOf } from './raw-headers.ts';
import { matchRoute } from './route-table.ts';

/** A request as it reaches API Gateway, CloudFront's headers included. */
export interface OriginRequest {
  readonly method: string;
  /** Path and query as sent: "/api/users?query=de". */
  readonly target: string;
  readonly protocol: string;
  readonly headers: HeaderList;
  readonly body: Buffer;
}

/** They concern one connection only, or are told in another way: cookies in a field, the length as it was counted. */
const NOT_PASSED_ON = new Set([
  'connection',
  'content-length',
  'cookie',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Everything else is passed on in base64. */
const TEXT_TYPES = /^(text\/.*|application\/(json|javascript|xml))$/;

/**
 * The event that an HTTP API makes of a request, payload format 2.0, and the function it goes to.
 *
 * @returns undefined for a path that cannot be decoded, which API Gateway refuses with 400
 */
export function toHttpEvent(
  request: OriginRequest,
  now: Date,
): { functionName: string; event: APIGatewayProxyEventV2 } | undefined {
  const [encodedPath = '', ...queryParts] = request.target.split('?');
  const rawPath = decodePath(encodedPath);
  if (rawPath === undefined) return undefined;
  const { functionName, routeKey, pathParameters } = matchRoute(request.method, rawPath);
  const rawQueryString = queryParts.join('?');
  const queryStringParameters = toQueryParameters(rawQueryString);
  const cookies = toCookies(request.headers);
  const isBase64Encoded = request.body.length > 0 && !isText(headerOf(request.headers, 'content-type'));
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookies.length === 0 ? {} : { cookies }),
    headers: toHeaders(request, now),
    ...(queryStringParameters === undefined ? {} : { queryStringParameters }),
    requestContext: {
      accountId: HTTP_API.accountId,
      apiId: HTTP_API.apiId,
      domainName: HTTP_API.domainName,
      domainPrefix: HTTP_API.apiId,
      http: {
        method: request.method,
        path: rawPath,
        protocol: request.protocol,
        // Who called API Gateway: the edge. The viewer stands in x-forwarded-for.
        sourceIp: EDGE_ADDRESS,
        userAgent: headerOf(request.headers, 'user-agent') ?? '',
      },
      requestId: newGatewayId(),
      routeKey,
      stage: HTTP_API.stage,
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(pathParameters === undefined ? {} : { pathParameters }),
    ...(request.body.length === 0
      ? {}
      : { body: request.body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
  return { functionName, event };
}

/** An HTTP API decodes the path, `rawPath` too, before it looks for a route, and cuts it at a question mark that appears. */
function decodePath(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded).split('?')[0];
  } catch {
    return undefined;
  }
}

/** Names in lower case; a header that came more than once is joined by commas. */
function toHeaders(request: OriginRequest, now: Date): Record<string, string> {
  return joined([
    ...request.headers
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => !NOT_PASSED_ON.has(name)),
    ['content-length', String(request.body.length)],
    ['x-amzn-trace-id', newTraceHeader(now)],
  ]);
}

function toCookies(headers: HeaderList): string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split(';'))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '');
}

/** Decoded; a parameter that came more than once is joined by commas. */
function toQueryParameters(rawQueryString: string): Record<string, string> | undefined {
  return rawQueryString === '' ? undefined : joined([...new URLSearchParams(rawQueryString)]);
}

function joined(pairs: HeaderList): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
}

function isText(contentType: string | undefined): boolean {
  return contentType === undefined || TEXT_TYPES.test(contentType.split(';')[0]?.trim().toLowerCase() ?? '');
}
