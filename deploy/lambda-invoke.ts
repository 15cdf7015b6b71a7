import {
  InvokeCommand,
  type LambdaClient,
  RequestTooLargeException,
  TooManyRequestsException,
} from '@aws-sdk/client-lambda';
import type { Invoke } from '../local/functions/invocation.ts';

/** For a client that waits as long as Lambda lets a function run, in milliseconds. */
export const INVOKE_TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 15 * 60_000 };

/**
 * Invokes deployed functions.
 *
 * @param client without retries of its own: those are the poller's
 * @param functionNames physical name of each function
 */
export function lambdaInvoke(client: LambdaClient, functionNames: Readonly<Record<string, string>>): Invoke {
  return async (name, event) => {
    try {
      const answer = await client.send(
        new InvokeCommand({ FunctionName: functionNames[name] ?? name, Payload: JSON.stringify(event) }),
      );
      const text = Buffer.from(answer.Payload ?? []).toString();
      const value: unknown = text === '' ? null : JSON.parse(text);
      if (answer.FunctionError === undefined) return { kind: 'returned', value };
      const { errorType, errorMessage } = value as { errorType?: string; errorMessage?: string };
      return {
        kind: 'failed',
        errorType: errorType ?? answer.FunctionError,
        errorMessage: errorMessage ?? '',
      };
    } catch (error) {
      if (error instanceof TooManyRequestsException) return { kind: 'throttled' };
      if (error instanceof RequestTooLargeException) return { kind: 'too-large' };
      const { name: errorType, message } = error as Error;
      return { kind: 'failed', errorType, errorMessage: message };
    }
  };
}
