import { PROBLEMS, type ProblemCode } from '../../../../core/contract/problems.ts';
import type { RouteName } from '../../../../core/contract/routes.ts';
import { ApiError } from '../../../../web/src/lib/api/api-error.ts';
import type { Call } from '../../../../web/src/lib/api/route-types.ts';

export interface MadeCall {
  readonly name: RouteName;
  readonly input: {
    readonly params?: Record<string, string>;
    readonly query?: unknown;
    readonly body?: unknown;
  };
}

type Answer = (input: MadeCall['input'], signal: AbortSignal | undefined) => unknown;

/** An API whose answers a test writes route by route, and that remembers what it was asked. */
export class ScriptedApi {
  readonly calls: MadeCall[] = [];
  readonly #answers = new Map<RouteName, Answer>();

  on(name: RouteName, answer: Answer): this {
    this.#answers.set(name, answer);
    return this;
  }

  callsOf(name: RouteName): MadeCall['input'][] {
    return this.calls.filter((call) => call.name === name).map(({ input }) => input);
  }

  readonly call = (async (
    name: RouteName,
    input: MadeCall['input'] = {},
    options?: { signal?: AbortSignal },
  ) => {
    this.calls.push({ name, input });
    const answer = this.#answers.get(name);
    if (!answer) throw new ApiError({ kind: 'unreachable' });
    return answer(input, options?.signal);
  }) as Call;
}

/** The service's refusal with that code. */
export function problem(code: ProblemCode, more: { retryAfter?: number } = {}): ApiError {
  return new ApiError({
    kind: 'problem',
    status: PROBLEMS[code].status,
    problem: { code, ...PROBLEMS[code], ...more },
  });
}
