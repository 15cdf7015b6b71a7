import type { ProblemCode } from '../../../../core/contract/problems.ts';
import { ApiError, describeError, isRetryable } from '../api/api-error.ts';
import { type Backoff, backoffMs } from '../retry/backoff.ts';

const RETRY_BACKOFF: Backoff = { baseMs: 1_000, maxMs: 30_000 };
/** What says that this very message can not be taken, now or later; only in the service's own words. */
const FINAL_STATUSES: ReadonlySet<number> = new Set([400, 403, 404, 413, 422]);

/**
 * What becomes of a message whose request did not end with 202. `retry`: nothing is known of it, or nothing was said
 * about it. `pause`: the session is being looked after, or everything stops. `fail`: it is set aside.
 */
export type OutboxOutcome =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'fail'; readonly code: ProblemCode; readonly reason: string };

/** `failures` counts the tries that ended so, from 1; `random` is from 0 to 1. */
export function outboxOutcome(error: unknown, failures: number, random: number): OutboxOutcome {
  if (error instanceof ApiError) {
    if (error.kind === 'aborted') return { kind: 'pause' };
    const problem = error.problem;
    if (problem && FINAL_STATUSES.has(problem.status)) {
      return { kind: 'fail', code: problem.code, reason: failureSentence(error) };
    }
    const asked = isRetryable(error) ? (error.retryAfter ?? 0) * 1_000 : 0;
    return { kind: 'retry', delayMs: asked + Math.max(250, backoffMs(failures, RETRY_BACKOFF, random)) };
  }
  return { kind: 'retry', delayMs: Math.max(250, backoffMs(failures, RETRY_BACKOFF, random)) };
}

function failureSentence(error: ApiError): string {
  const field = error.problem?.fields?.[0];
  if (field?.field === 'content') return `The message ${field.message}.`;
  return describeError(error);
}
