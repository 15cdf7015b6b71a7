import { PROBLEMS, type ProblemBody } from '../../core/contract/problems.ts';
import { Problem } from '../application/ports/problem.ts';
import { logger } from '../runtime/logger.ts';
import type { HttpMiddleware } from './http-event.ts';

/** Turns whatever was thrown into `application/problem+json` (RFC 9457); what is no Problem is a 500 and logged. */
export function problemJson(): HttpMiddleware {
  return {
    onError: (request) => {
      const problem =
        request.error instanceof Problem
          ? request.error
          : new Problem('internal_error', { cause: request.error });
      const { requestId } = request.event.requestContext;
      const { status, title } = PROBLEMS[problem.code];
      if (status >= 500)
        logger.error('request failed', { requestId, code: problem.code, cause: causeOf(problem) });
      const body: ProblemBody = {
        type: `/problems/${problem.code}`,
        title,
        status,
        code: problem.code,
        requestId,
        ...(problem.detail === undefined ? {} : { detail: problem.detail }),
        ...(problem.fields === undefined ? {} : { fields: [...problem.fields] }),
        ...(problem.retryAfter === undefined ? {} : { retryAfter: problem.retryAfter }),
      };
      request.response = {
        statusCode: status,
        headers: {
          'content-type': 'application/problem+json',
          'cache-control': 'no-store',
          ...(problem.retryAfter === undefined ? {} : { 'retry-after': String(problem.retryAfter) }),
        },
        body: JSON.stringify(body),
        ...(problem.cookies === undefined ? {} : { cookies: [...problem.cookies] }),
      };
    },
  };
}

/** The chain of causes as names and messages; stacks only where the fault is ours. Messages of ours hold no contents. */
function causeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error === undefined ? undefined : typeof error;
  return { name: error.name, message: error.message, stack: error.stack, cause: causeOf(error.cause) };
}
