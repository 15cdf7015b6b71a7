import type { ProblemCode } from '../../../core/contract/problems.ts';
import { Problem } from './problem.ts';

export type StoreName = 'kafka' | 'cassandra' | 'dynamodb';

/**
 * A store did not answer, or not in time, or is overloaded. Trying again may help; whether a write was done is unknown,
 * so what is tried again must be idempotent. Adapters throw this and nothing of their drivers' own.
 */
export class StoreUnavailableError extends Error {
  readonly store: StoreName;
  readonly retryable = true;

  constructor(store: StoreName, cause: unknown) {
    super(`${store} is unavailable`, { cause });
    this.name = 'StoreUnavailableError';
    this.store = store;
  }
}

/** A store refused this very request, whenever it is asked: trying again does not help. */
export class StoreRefusalError extends Error {
  readonly store: StoreName;
  readonly retryable = false;

  constructor(store: StoreName, cause: unknown) {
    super(`${store} refused the request`, { cause });
    this.name = 'StoreRefusalError';
    this.store = store;
  }
}

/** Runs `work`; a store that is away becomes the problem `code` (503), everything else passes. */
export async function orProblem<T>(code: ProblemCode, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw new Problem(code, { retryAfter: 1, cause: error });
    throw error;
  }
}
