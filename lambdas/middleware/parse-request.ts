import * as z from 'zod/mini';
import { BODY_MAX_BYTES } from '../../core/contract/limits.ts';
import type { FieldProblem } from '../../core/contract/problems.ts';
import type { RouteDeclaration } from '../../core/contract/routes.ts';
import { Problem } from '../application/ports/problem.ts';
import type { HttpEvent, HttpMiddleware } from './http-event.ts';

/** Checks path, query and body against the route's declaration and leaves them parsed on the event. */
export function parseRequest(route: RouteDeclaration): HttpMiddleware {
  return {
    before: ({ event }) => {
      const problems: FieldProblem[] = [];
      const check = (schema: z.core.$ZodType | undefined, value: unknown, whole: string) => {
        if (!schema) return undefined;
        const result = z.safeParse(schema, value);
        if (result.success) return result.data;
        for (const issue of result.error.issues) {
          problems.push({ field: issue.path.map(String).join('.') || whole, message: issue.message });
        }
        return undefined;
      };
      const params = check(route.params, event.pathParameters ?? {}, 'path');
      const query = check(route.query, event.queryStringParameters ?? {}, 'query');
      const body = route.body === undefined ? undefined : check(route.body, jsonBodyOf(event), 'body');
      if (problems.length > 0) throw new Problem('validation_failed', { fields: problems });
      event.pingMe = { ...event.pingMe, params, query, body };
    },
  };
}

function jsonBodyOf(event: HttpEvent): unknown {
  const mediaType = (event.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') throw new Problem('unsupported_media_type');
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > BODY_MAX_BYTES) {
    throw new Problem('body_too_large', { detail: `The body may have ${BODY_MAX_BYTES} bytes.` });
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new Problem('malformed_json', { cause });
  }
}
