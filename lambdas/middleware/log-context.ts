import { logger } from '../runtime/logger.ts';
import { count, publishMetrics } from '../runtime/metrics.ts';
import { traceparentOf } from '../runtime/trace.ts';
import type { HttpEvent, HttpMiddleware } from './http-event.ts';

/** One line a request (which route, which answer, how long), by its ids; no contents, no query, no names. */
export function logContext(route: string): HttpMiddleware {
  const startedAt = new Map<HttpEvent, number>();
  const conclude = (event: HttpEvent, statusCode: number | undefined) => {
    if (statusCode === 429) count('RequestsThrottled');
    if (statusCode === undefined || statusCode >= 500) count('RequestsFailed');
    const begunAt = startedAt.get(event) ?? performance.now();
    startedAt.delete(event);
    logger.info('request', {
      route,
      requestId: event.requestContext.requestId,
      traceparent: event.headers.traceparent,
      statusCode,
      milliseconds: Math.round(performance.now() - begunAt),
    });
    publishMetrics(startedAt.size > 0);
  };
  return {
    before: ({ event }) => {
      startedAt.set(event, performance.now());
      // Fixed here once, so that logs, records and answers name the same trace.
      event.headers = { ...event.headers, traceparent: traceparentOf(event.headers.traceparent) };
    },
    after: ({ event, response }) => conclude(event, response?.statusCode),
    // problemJson stands after this one, and onError runs backwards: the response is there already.
    onError: ({ event, response }) => conclude(event, response?.statusCode),
  };
}
