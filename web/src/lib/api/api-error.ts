import { type FieldProblem, PROBLEMS, type ProblemCode } from '../../../../core/contract/problems.ts';

/** A refusal in the contract's own words (`application/problem+json`). */
export interface ApiProblem {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly fields?: readonly FieldProblem[];
  /** Seconds. */
  readonly retryAfter?: number;
}

/**
 * `problem`: the service answered in its own words. `foreign`: something in between did (a gateway's 401 or 503, a
 * captive portal). `unreachable`: no answer. `timeout`: none in time. `aborted`: the caller gave up.
 */
export type ApiErrorKind = 'problem' | 'foreign' | 'unreachable' | 'timeout' | 'aborted';

export interface ApiErrorDetails {
  readonly kind: ApiErrorKind;
  readonly status?: number | undefined;
  readonly problem?: ApiProblem | undefined;
  /** Seconds, from the body or from the `Retry-After` header. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/** Every way in which a call to the API can fail. It holds neither what was sent nor any token. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  readonly status: number | undefined;
  readonly problem: ApiProblem | undefined;
  readonly retryAfter: number | undefined;

  constructor(details: ApiErrorDetails) {
    super(details.problem?.title ?? `${details.kind} ${details.status ?? ''}`.trim(), {
      cause: details.cause,
    });
    this.name = 'ApiError';
    this.kind = details.kind;
    this.status = details.status;
    this.problem = details.problem;
    this.retryAfter = details.problem?.retryAfter ?? details.retryAfter;
  }
}

/** The service's own code of a failed call, if it gave one. */
export function problemCode(error: unknown): ProblemCode | undefined {
  return error instanceof ApiError ? error.problem?.code : undefined;
}

/** What is wrong with each field that the service named; empty where it named none. */
export function fieldMessages(error: unknown): Record<string, string> {
  const fields = error instanceof ApiError ? (error.problem?.fields ?? []) : [];
  return Object.fromEntries(fields.map(({ field, message }) => [field, message]));
}

/** Worth trying again as it is: nothing was said about the request itself. */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.kind === 'aborted') return false;
  if (error.kind !== 'problem') return true;
  const status = error.problem?.status ?? 0;
  return status >= 500 || status === 408 || status === 429;
}

/** One sentence for the person in front of the page. */
export function describeError(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong in this page; reload it and try again.';
  if (error.problem?.code === 'too_many_requests' && error.retryAfter !== undefined) {
    return `Too many attempts; try again in ${describeSeconds(error.retryAfter)}.`;
  }
  if (error.problem) return error.problem.detail ?? PROBLEMS[error.problem.code].title;
  switch (error.kind) {
    case 'unreachable':
      return 'Ping Me can not be reached; check the connection and try again.';
    case 'timeout':
      return 'Ping Me took too long to answer; try again.';
    case 'aborted':
      return 'This was called off.';
    default:
      return 'Ping Me is not answering as it should right now; try again in a moment.';
  }
}

function describeSeconds(seconds: number): string {
  if (seconds <= 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
