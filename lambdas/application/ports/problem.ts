import { type FieldProblem, PROBLEMS, type ProblemCode } from '../../../core/contract/problems.ts';

/** What a use case throws to refuse a request; one middleware turns it into `application/problem+json`. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly fields: readonly FieldProblem[] | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;
  readonly detail: string | undefined;
  /** Values of `Set-Cookie` that go with the refusal: a sign-out clears its cookies even where it fails. */
  readonly cookies: readonly string[] | undefined;

  constructor(
    code: ProblemCode,
    options: {
      fields?: readonly FieldProblem[];
      retryAfter?: number;
      detail?: string;
      cookies?: readonly string[];
      cause?: unknown;
    } = {},
  ) {
    super(PROBLEMS[code].title, { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.fields = options.fields;
    this.retryAfter = options.retryAfter;
    this.detail = options.detail;
    this.cookies = options.cookies;
  }
}
