import * as z from 'zod/mini';
import type { InvocationResult } from '../functions/invocation.ts';
import type { AuthorizerContext } from './socket-event.ts';

/** How an authorizer's answer is taken: let in with its context, or refused with a status. */
export type Authorization =
  | { readonly kind: 'allowed'; readonly context: AuthorizerContext }
  | { readonly kind: 'refused'; readonly status: 401 | 403 | 500 };

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const policySchema = z.object({
  principalId: z.string(),
  policyDocument: z.object({
    Statement: z.array(
      z.object({ Effect: z.enum(['Allow', 'Deny']), Action: oneOrMore, Resource: oneOrMore }),
    ),
  }),
  context: z.nullish(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
});

/**
 * Reads a Lambda authorizer's result: a policy that allows the method lets in, one that does not is 403, the error
 * "Unauthorized" is 401, and anything else is a broken authorizer, 500.
 */
export function readAuthorization(
  result: InvocationResult,
  methodArn: string,
  latencyMilliseconds: number,
): Authorization {
  if (result.kind === 'failed' && result.errorMessage === 'Unauthorized')
    return { kind: 'refused', status: 401 };
  if (result.kind !== 'returned') return { kind: 'refused', status: 500 };
  const policy = z.safeParse(policySchema, result.value);
  if (!policy.success) return { kind: 'refused', status: 500 };
  const { principalId, policyDocument, context } = policy.data;
  const matching = policyDocument.Statement.filter(
    ({ Action, Resource }) => matches(Action, 'execute-api:Invoke') && matches(Resource, methodArn),
  );
  const isAllowed = matching.length > 0 && matching.every(({ Effect }) => Effect === 'Allow');
  if (!isAllowed) return { kind: 'refused', status: 403 };
  // Values of a context reach the functions as strings.
  const asText = Object.entries(context ?? {}).map(([name, value]) => [name, String(value)] as const);
  return {
    kind: 'allowed',
    context: {
      ...Object.fromEntries(asText),
      principalId,
      integrationLatency: Math.round(latencyMilliseconds),
    },
  };
}

/** IAM's wildcards: `*` is any run of characters, `?` any one. */
function matches(patterns: string | readonly string[], text: string): boolean {
  return [patterns].flat().some((pattern) => {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${source}$`, 'i').test(text);
  });
}
