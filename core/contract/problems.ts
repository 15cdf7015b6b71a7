import * as z from 'zod/mini';

/**
 * Every problem code, with its HTTP status and the sentence that stands as its title. Codes are stable: clients and
 * outboxes act on them. Statuses from 500 on, 408 and 429 are worth a retry.
 */
export const PROBLEMS = {
  malformed_json: { status: 400, title: 'The body is not valid JSON.' },
  session_required: { status: 401, title: 'Sign in first.' },
  session_expired: { status: 401, title: 'The session has expired; refresh it.' },
  refresh_refused: { status: 401, title: 'The session has ended; sign in again.' },
  invalid_credentials: { status: 401, title: 'That user name and password do not belong together.' },
  origin_refused: { status: 403, title: 'The request did not come through this site.' },
  not_a_member: { status: 403, title: 'Join the channel to post in it.' },
  wrong_password: { status: 403, title: 'The current password is wrong.' },
  route_not_found: { status: 404, title: 'There is nothing at this address.' },
  user_not_found: { status: 404, title: 'There is no such user.' },
  channel_not_found: { status: 404, title: 'There is no such channel.' },
  conversation_not_found: { status: 404, title: 'There is no such conversation.' },
  user_id_taken: { status: 409, title: 'That user name is taken.' },
  email_taken: { status: 409, title: 'That e-mail address is taken.' },
  channel_name_taken: { status: 409, title: 'That channel name is taken.' },
  channel_cannot_be_left: { status: 409, title: 'Everyone stays in this channel.' },
  body_too_large: { status: 413, title: 'The body is too large.' },
  unsupported_media_type: { status: 415, title: 'The body must be sent as application/json.' },
  validation_failed: { status: 422, title: 'Some fields are not right.' },
  too_many_requests: { status: 429, title: 'Too many attempts; wait a moment.' },
  internal_error: { status: 500, title: 'Something went wrong on our side.' },
  log_unavailable: { status: 503, title: 'Messages can not be taken right now; try again.' },
  membership_unavailable: { status: 503, title: 'Memberships can not be checked right now; try again.' },
  history_unavailable: { status: 503, title: 'History is away for a moment; it comes back by itself.' },
  directory_unavailable: {
    status: 503,
    title: 'People and channels can not be looked up or changed right now; try again.',
  },
  identity_unavailable: { status: 503, title: 'Accounts can not be reached right now; try again.' },
  sessions_unavailable: { status: 503, title: 'Sessions can not be changed right now; try again.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

export const PROBLEM_CODES = Object.keys(PROBLEMS) as ProblemCode[];

/** One wrong field: its path in the body or its name in path or query (`firstName`), and what is wrong with it. */
export const fieldProblemSchema = z.object({ field: z.string(), message: z.string() });

/** `application/problem+json` (RFC 9457). `fields` is there for 409 and 422, `retryAfter` (seconds) for 429 and 503. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(PROBLEM_CODES as [ProblemCode, ...ProblemCode[]]),
  detail: z.optional(z.string()),
  fields: z.optional(z.array(fieldProblemSchema)),
  retryAfter: z.optional(z.int()),
  requestId: z.optional(z.string()),
});

export type FieldProblem = z.infer<typeof fieldProblemSchema>;
export type ProblemBody = z.infer<typeof problemSchema>;
