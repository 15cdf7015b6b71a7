import { errors, types } from 'cassandra-driver';
import { StoreRefusalError, StoreUnavailableError } from '../../application/ports/store-errors.ts';

/** Codes of the native protocol (v4, section 9) that name the request itself: asking again changes nothing. */
const REFUSALS: ReadonlySet<number> = new Set([
  types.responseErrorCodes.syntaxError,
  types.responseErrorCodes.invalid,
  types.responseErrorCodes.configError,
]);

/** What the driver threw, as our own error. Everything that is not certainly the request's fault counts as unavailable. */
export function storeErrorOf(error: unknown): StoreUnavailableError | StoreRefusalError {
  if (error instanceof StoreUnavailableError || error instanceof StoreRefusalError) return error;
  if (error instanceof errors.ResponseError && REFUSALS.has(error.code))
    return new StoreRefusalError('cassandra', error);
  // The driver's encoders: a value that does not fit its column.
  if (error instanceof TypeError) return new StoreRefusalError('cassandra', error);
  return new StoreUnavailableError('cassandra', error);
}
