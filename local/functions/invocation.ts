/** Lambda's limit for the payload of a synchronous invocation, bytes ("Lambda quotas": 6 MB each way). */
export const REQUEST_PAYLOAD_MAX_BYTES = 6_291_456;
/** What Lambda names in its own error when a response is too large. */
export const RESPONSE_PAYLOAD_MAX_BYTES = 6_291_556;

/**
 * How an invocation ended, as Lambda's Invoke API tells it: `returned` is a 200, `failed` a 200 with `FunctionError` (thrown,
 * timed out, exited), `throttled` a 429 TooManyRequestsException, `too-large` a 413 RequestTooLargeException.
 */
export type InvocationResult =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly errorType: string; readonly errorMessage: string }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'too-large' };

/**
 * Invokes a function by name and waits for its end. Never rejects: whatever goes wrong is a result.
 *
 * @param event anything that JSON can carry; the function gets a copy
 */
export type Invoke = (name: string, event: unknown) => Promise<InvocationResult>;
