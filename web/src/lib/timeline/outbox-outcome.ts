import type { ProblemCode } from '../../../../core/contract/problems.ts';
import { ApiError, describeError } from '../api/api-error.ts';
import { type Backoff, backoffMs } from '../retry/backoff.ts';

const RETRY_BACKOFF: Backoff = { baseMs: 1_000, maxMs: 30_000 };
const MIN_DELAY_MS = 250;
/** What says that this very message can not be taken, now or later; only in the service's own words. */
const FINAL_STATUSES: ReadonlySet<number> = new Set([400, 403, 404, 413, 415, 422]);

/**
 * What becomes of a message whose request did not end with 202. `retry`: nothing is known of it, or nothing was said
 * about it. `fail`: it is set aside.
 */
export type OutboxOutcome =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'fail'; readonly code: ProblemCode; readonly reason: string };

/** `failures` counts the tries that ended so, from 1; `random` is from 0 to 1. */
export function outboxOutcome(error: unknown, failures: number, random: number): OutboxOutcome {
  const problem = error instanceof ApiError ? error.problem : undefined;
  if (error instanceof ApiError && problem && FINAL_STATUSES.has(problem.status)) {
    return { kind: 'fail', code: problem.code, reason: failureSentence(error) };
  }
  const askedMs = error instanceof ApiError ? (error.retryAfter ?? 0) * 1_000 : 0;
  return {
    kind: 'retry',
    delayMs: askedMs + Math.max(MIN_DELAY_MS, backoffMs(failures, RETRY_BACKOFF, random)),
  };
}

function failureSentence(error: ApiError): string {
  const field = error.problem?.fields?.[0];
  if (field?.field === 'content') return `The message ${field.message}.`;
  return describeError(error);
}
