import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import { RESPONSE_PAYLOAD_MAX_BYTES } from './invocation.ts';
import { type InstanceFacts, lambdaContext } from './lambda-context.ts';

type Handler = (event: unknown, context: Context) => unknown;

/** What an instance answers: the result as JSON, or an error by type and message. */
export type HandlerOutcome =
  | { readonly payload: string }
  | { readonly errorType: string; readonly errorMessage: string };

/** Imports a bundle; whatever it does at its top level happens here, once per instance. */
export async function loadHandler(bundle: string): Promise<Handler> {
  const module: unknown = await import(pathToFileURL(bundle).href);
  if (
    typeof module === 'object' &&
    module !== null &&
    'handler' in module &&
    typeof module.handler === 'function'
  ) {
    return module.handler as Handler;
  }
  throw new Error(`${bundle} exports no function named handler.`);
}

/**
 * Runs one invocation to its end. Errors are logged like Lambda's runtime does, and told to the caller without their stack.
 *
 * @param payload the event as JSON
 */
export async function runHandler(
  handler: Promise<Handler>,
  payload: string,
  facts: InstanceFacts,
): Promise<HandlerOutcome> {
  try {
    const run = await handler;
    const value = await run(JSON.parse(payload), lambdaContext(facts));
    const answer = JSON.stringify(value) ?? 'null';
    return Buffer.byteLength(answer) > RESPONSE_PAYLOAD_MAX_BYTES ? TOO_LARGE : { payload: answer };
  } catch (error) {
    const errorType = error instanceof Error ? error.name : typeof error;
    const errorMessage = error instanceof Error ? error.message : String(error);
    const stack = error instanceof Error ? error.stack : undefined;
    console.error(
      JSON.stringify({ level: 'ERROR', message: 'Invoke Error', function: facts.name, errorType, stack }),
    );
    return { errorType, errorMessage };
  }
}

const TOO_LARGE: HandlerOutcome = {
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${RESPONSE_PAYLOAD_MAX_BYTES} bytes).`,
};

/** How Lambda names an invocation that took longer than the function may. */
export function timedOut(facts: InstanceFacts): HandlerOutcome {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `Task timed out after ${facts.timeoutSeconds.toFixed(2)} seconds`,
  };
}

/** How Lambda names an invocation whose instance ended under it. */
export const EXITED: HandlerOutcome = {
  errorType: 'Runtime.ExitError',
  errorMessage: 'The runtime exited without providing a reason.',
};
