import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES, PROBLEMS, type ProblemCode } from '../../../../core/contract/problems.ts';
import { ApiError } from '../../../../web/src/lib/api/api-error.ts';
import { outboxOutcome } from '../../../../web/src/lib/timeline/outbox-outcome.ts';
import { problem } from '../support/scripted-call.ts';

/** Every code of the contract, so that a new one has to be thought about here. */
const OUTCOMES: Record<ProblemCode, 'fail' | 'retry'> = {
  malformed_json: 'fail',
  session_required: 'retry',
  session_expired: 'retry',
  refresh_refused: 'retry',
  invalid_credentials: 'retry',
  origin_refused: 'fail',
  not_a_member: 'fail',
  wrong_password: 'fail',
  route_not_found: 'fail',
  user_not_found: 'fail',
  channel_not_found: 'fail',
  conversation_not_found: 'fail',
  user_id_taken: 'retry',
  email_taken: 'retry',
  channel_name_taken: 'retry',
  channel_cannot_be_left: 'retry',
  body_too_large: 'fail',
  unsupported_media_type: 'fail',
  validation_failed: 'fail',
  too_many_requests: 'retry',
  internal_error: 'retry',
  log_unavailable: 'retry',
  membership_unavailable: 'retry',
  history_unavailable: 'retry',
  directory_unavailable: 'retry',
  identity_unavailable: 'retry',
  sessions_unavailable: 'retry',
};

describe('what becomes of a message whose request failed', () => {
  it.each(PROBLEM_CODES)('%s', (code) => {
    const outcome = outboxOutcome(problem(code), 1, 0.5);
    expect(outcome.kind).toBe(OUTCOMES[code]);
    if (outcome.kind === 'fail') expect(outcome).toMatchObject({ code, reason: PROBLEMS[code].title });
  });

  it.each([400, 401, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504])(
    'is tried again after a %i that is not in the words of the service',
    (status) => {
      expect(outboxOutcome(new ApiError({ kind: 'foreign', status }), 1, 0.5).kind).toBe('retry');
    },
  );

  it.each(['unreachable', 'timeout', 'aborted'] as const)(
    'is tried again when the answer is missing: %s',
    (kind) => {
      expect(outboxOutcome(new ApiError({ kind }), 1, 0.5).kind).toBe('retry');
    },
  );

  it('waits at least as long as Retry-After says', () => {
    expect(outboxOutcome(problem('too_many_requests', { retryAfter: 7 }), 1, 0)).toEqual({
      kind: 'retry',
      delayMs: 7_250,
    });
  });

  it('waits longer after each failure, up to half a minute', () => {
    const delays = [1, 2, 3, 20].map((failures) => {
      const outcome = outboxOutcome(problem('log_unavailable'), failures, 1);
      return outcome.kind === 'retry' ? outcome.delayMs : 0;
    });
    expect(delays).toEqual([1_000, 2_000, 4_000, 30_000]);
  });

  it('names what is wrong with the message itself', () => {
    const refused = new ApiError({
      kind: 'problem',
      status: 422,
      problem: {
        code: 'validation_failed',
        ...PROBLEMS.validation_failed,
        fields: [{ field: 'content', message: 'must have at most 4000 characters' }],
      },
    });
    expect(outboxOutcome(refused, 1, 0.5)).toMatchObject({
      reason: 'The message must have at most 4000 characters.',
    });
  });
});
