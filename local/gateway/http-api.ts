import type { IncomingMessage } from 'node:http';
import type { Invoke } from '../functions/invocation.ts';
import { HTTP_API } from './api-identity.ts';
import { toOriginHeaders } from './edge.ts';
import {
  gatewayMessage,
  type HttpAnswer,
  SERVICE_UNAVAILABLE,
  TOO_LARGE,
  toHttpAnswer,
} from './http-answer.ts';
import { toHttpEvent } from './http-event.ts';
import { type HeaderList, headerList } from './raw-headers.ts';
import { readBody } from './request-body.ts';

/** Quotas of an HTTP API ("API Gateway quotas"). */
const BODY_MAX_BYTES = 10 * 1024 * 1024;
const HEADERS_MAX_BYTES = 10_240;
export const INTEGRATION_LIMIT_MILLISECONDS = 30_000;

export interface HttpApiOptions {
  readonly invoke: Invoke;
  readonly originSecret: string;
  readonly integrationLimitMilliseconds: number;
}

/** Answers a request to the HTTP API: CloudFront, API Gateway and the function behind them. */
export async function answerApiRequest(
  request: IncomingMessage,
  options: HttpApiOptions,
): Promise<HttpAnswer> {
  const viewerHeaders = headerList(request);
  if (sizeOf(request, viewerHeaders) > HEADERS_MAX_BYTES) {
    return gatewayMessage(431, 'Request Header Fields Too Large');
  }
  const body = await readBody(request, BODY_MAX_BYTES);
  if (body === 'too-large') return { ...TOO_LARGE, headers: { ...TOO_LARGE.headers, connection: 'close' } };
  const made = toHttpEvent(
    {
      method: request.method ?? 'GET',
      target: request.url ?? '/',
      protocol: `HTTP/${request.httpVersion}`,
      headers: toOriginHeaders(viewerHeaders, {
        domainName: HTTP_API.domainName,
        secret: options.originSecret,
        viewerAddress: request.socket.remoteAddress ?? '',
      }),
      body,
    },
    new Date(),
  );
  if (made === undefined) return gatewayMessage(400, 'Bad Request');
  const answer = await within(
    options.integrationLimitMilliseconds,
    options.invoke(made.functionName, made.event).then(toHttpAnswer),
  );
  return {
    ...answer,
    headers: { ...answer.headers, 'apigw-requestid': made.event.requestContext.requestId },
  };
}

/** An integration that takes longer is no longer waited for. */
async function within(milliseconds: number, answer: Promise<HttpAnswer>): Promise<HttpAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<HttpAnswer>((resolve) => {
    timer = setTimeout(resolve, milliseconds, SERVICE_UNAVAILABLE);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function sizeOf(request: IncomingMessage, headers: HeaderList): number {
  const line = (request.method ?? '').length + (request.url ?? '').length;
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length, line);
}
