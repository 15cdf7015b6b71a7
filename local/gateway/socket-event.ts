import { commonLogTime, newGatewayId, newTraceHeader, SOCKET_API } from './api-identity.ts';
import { type HeaderList, without } from './raw-headers.ts';

/** What a Lambda authorizer let through: it stands in every event of the connection. */
export type AuthorizerContext = Readonly<Record<string, string | number>>;

/** What the gateway knows of a connection from its handshake on. */
export interface SocketFacts {
  readonly connectionId: string;
  readonly connectedAt: Date;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** As they reach API Gateway, CloudFront's included. */
  readonly headers: HeaderList;
  readonly rawQueryString: string;
}

type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

const ROUTE_KEYS = { CONNECT: '$connect', MESSAGE: '$default', DISCONNECT: '$disconnect' } as const;

/** The hop to API Gateway ends at API Gateway; only the authorizer still sees these. */
const OF_THE_HANDSHAKE = ['connection', 'upgrade', 'content-length'];

function requestContext(
  eventType: EventType,
  facts: SocketFacts,
  now: Date,
  authorizer: AuthorizerContext | undefined,
  more: Readonly<Record<string, string | number>> = {},
) {
  const requestId = newGatewayId();
  return {
    routeKey: ROUTE_KEYS[eventType],
    ...(authorizer === undefined ? {} : { authorizer }),
    ...more,
    eventType,
    extendedRequestId: requestId,
    requestTime: commonLogTime(now),
    messageDirection: 'IN' as const,
    stage: SOCKET_API.stage,
    connectedAt: facts.connectedAt.getTime(),
    requestTimeEpoch: now.getTime(),
    identity: {
      ...(facts.userAgent === undefined ? {} : { userAgent: facts.userAgent }),
      sourceIp: facts.sourceIp,
    },
    requestId,
    domainName: SOCKET_API.domainName,
    connectionId: facts.connectionId,
    apiId: SOCKET_API.apiId,
  };
}

/** The ARN that a policy must allow. */
export const CONNECT_METHOD_ARN = `arn:aws:execute-api:${SOCKET_API.region}:${SOCKET_API.accountId}:${SOCKET_API.apiId}/${SOCKET_API.stage}/$connect`;

/** What a `REQUEST` authorizer of a WebSocket API gets. Header names have the case in which they were sent. */
export function toAuthorizerEvent(facts: SocketFacts, now: Date) {
  const headers: HeaderList = [
    ...without(facts.headers, ['content-length']),
    ['content-length', '0'],
    ['X-Amzn-Trace-Id', newTraceHeader(now)],
  ];
  return {
    type: 'REQUEST' as const,
    methodArn: CONNECT_METHOD_ARN,
    ...headerFields(headers),
    queryStringParameters: {},
    multiValueQueryStringParameters: {},
    ...queryFields(facts.rawQueryString),
    stageVariables: {},
    requestContext: requestContext('CONNECT', facts, now, undefined),
  };
}

/** What `$connect` gets. */
export function toConnectEvent(facts: SocketFacts, authorizer: AuthorizerContext, now: Date) {
  const headers: HeaderList = [
    ...without(facts.headers, OF_THE_HANDSHAKE),
    ['X-Amzn-Trace-Id', newTraceHeader(now)],
  ];
  return {
    ...headerFields(headers),
    ...queryFields(facts.rawQueryString),
    requestContext: requestContext('CONNECT', facts, now, authorizer),
    isBase64Encoded: false,
  };
}

/** What `$default` gets for a text message. */
export function toMessageEvent(facts: SocketFacts, authorizer: AuthorizerContext, body: string, now: Date) {
  return {
    requestContext: requestContext('MESSAGE', facts, now, authorizer, { messageId: newGatewayId() }),
    body,
    isBase64Encoded: false,
  };
}

/** What `$disconnect` gets; a code and a reason stand there also where the client gave none. */
export function toDisconnectEvent(
  facts: SocketFacts,
  authorizer: AuthorizerContext,
  close: { readonly code: number; readonly reason: string },
  now: Date,
) {
  return {
    ...headerFields([
      ['Host', SOCKET_API.domainName],
      ['x-api-key', ''],
      ['X-Forwarded-For', ''],
      ['x-restapi', ''],
    ]),
    requestContext: requestContext('DISCONNECT', facts, now, authorizer, {
      disconnectStatusCode: close.code,
      disconnectReason: close.reason || (REASONS[close.code] ?? ''),
    }),
    isBase64Encoded: false,
  };
}

const REASONS: Readonly<Record<number, string>> = {
  1001: 'Going away',
  1005: 'Client-side close frame status not set',
  1006: 'Connection closed abnormally',
};

/** Of a header that came more than once, `headers` has the last. */
function headerFields(headers: HeaderList) {
  return { headers: Object.fromEntries(headers), multiValueHeaders: grouped(headers) };
}

/** Absent without a query. */
function queryFields(rawQueryString: string) {
  const pairs = [...new URLSearchParams(rawQueryString)];
  return pairs.length === 0
    ? {}
    : { queryStringParameters: Object.fromEntries(pairs), multiValueQueryStringParameters: grouped(pairs) };
}

function grouped(pairs: HeaderList): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}
