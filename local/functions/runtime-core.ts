import type { RunnableFunction } from './function-runtime.ts';
import { type InvocationResult, REQUEST_PAYLOAD_MAX_BYTES } from './invocation.ts';
import type { InstanceFacts } from './lambda-context.ts';
import type { HandlerOutcome } from './run-handler.ts';

/** What every runtime needs to run functions. */
export interface RuntimeOptions {
  readonly functions: Readonly<Record<string, RunnableFunction>>;
  /** See BuiltFunctions. */
  readonly instanceBundle: string;
  /** Environment variables of the functions, all of them. */
  readonly environment: Readonly<Record<string, string>>;
}

/** @throws Error for a name that nobody declared: a mistake of the caller's */
export function factsOf(functions: Readonly<Record<string, RunnableFunction>>, name: string): InstanceFacts {
  const found = functions[name];
  if (found === undefined) throw new Error(`There is no function named ${name}.`);
  const { bundle, timeoutSeconds, memoryMegabytes } = found;
  return { name, bundle, timeoutSeconds, memoryMegabytes };
}

/** The event as JSON, if Lambda would take it. */
export function payloadOf(event: unknown): { payload: string } | { tooLarge: InvocationResult } {
  const payload = JSON.stringify(event) ?? 'null';
  // A UTF-16 unit is three bytes of UTF-8 at most, so that most payloads need not be counted.
  const mayBeTooLarge = payload.length * 3 > REQUEST_PAYLOAD_MAX_BYTES;
  if (mayBeTooLarge && Buffer.byteLength(payload) > REQUEST_PAYLOAD_MAX_BYTES)
    return { tooLarge: { kind: 'too-large' } };
  return { payload };
}

export function resultOf(outcome: HandlerOutcome): InvocationResult {
  if ('payload' in outcome) return { kind: 'returned', value: JSON.parse(outcome.payload) };
  return { kind: 'failed', ...outcome };
}
