import * as z from 'zod/mini';
import type { InvocationResult } from '../functions/invocation.ts';

/** An answer to a viewer, before the security headers. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/** API Gateway's own answers, which no setting changes. */
export function gatewayMessage(status: number, message: string): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ message })),
  };
}

const INTERNAL_ERROR = gatewayMessage(500, 'Internal Server Error');
export const SERVICE_UNAVAILABLE = gatewayMessage(503, 'Service Unavailable');
export const TOO_LARGE = gatewayMessage(413, 'Request Entity Too Large');

const headerValue = z.union([z.string(), z.number(), z.boolean()]);
const structuredSchema = z.object({
  statusCode: z.union([z.int(), z.string().check(z.regex(/^\d{3}$/))]),
  headers: z.nullish(z.record(z.string(), headerValue)),
  cookies: z.nullish(z.array(z.string())),
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
});

/** They concern the connection to the viewer, which is not the function's. */
const NOT_PASSED_ON = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'content-length']);

/**
 * What an HTTP API makes of a function's result, payload format 2.0. An object with a `statusCode` is a structured answer;
 * anything else is the body of a 200, as JSON.
 */
export function toHttpAnswer(result: InvocationResult): HttpAnswer {
  if (result.kind === 'too-large') return TOO_LARGE;
  if (result.kind === 'throttled') return SERVICE_UNAVAILABLE;
  if (result.kind === 'failed') return INTERNAL_ERROR;
  const { value } = result;
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) {
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(value)),
    };
  }
  const structured = z.safeParse(structuredSchema, value);
  return structured.success ? structuredAnswer(structured.data) : INTERNAL_ERROR;
}

function structuredAnswer(structured: z.infer<typeof structuredSchema>): HttpAnswer {
  const status = Number(structured.statusCode);
  if (status < 200 || status > 599) return INTERNAL_ERROR;
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(structured.headers ?? {})) {
    if (!NOT_PASSED_ON.has(name.toLowerCase())) headers[name.toLowerCase()] = String(value);
  }
  const body = Buffer.from(structured.body ?? '', structured.isBase64Encoded ? 'base64' : 'utf8');
  if (body.length > 0) headers['content-type'] ??= 'text/plain; charset=utf-8';
  const cookies = structured.cookies ?? [];
  if (cookies.length > 0) headers['set-cookie'] = [...cookies];
  return { status, headers, body };
}
