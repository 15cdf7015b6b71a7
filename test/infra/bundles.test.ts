import { describe, expect, it } from 'vitest';
import {
  CLOUD_FUNCTIONS,
  FUNCTIONS,
  type FunctionDeclaration,
  KEPT_KEYSPACE_FUNCTIONS,
  MSK_FUNCTIONS,
  NODE_FUNCTIONS,
} from '../../core/contract/functions.ts';
import { bundleOf } from '../../lib/constructs/functions/function-code.ts';

/** Kilobytes of minified code that each of these may bring: 10 to 20 % above what it brought when this was written. */
const BUDGET = {
  everything: 80,
  /** The SDK, for DynamoDB or Secrets Manager: the two share most of it. */
  sdk: 400,
  /** Schemas, middleware, session tokens. */
  http: 130,
  kafka: 360,
  cassandra: 470,
  connections: 60,
  certificates: 200,
} as const;

function budgetOf({ entry, needs }: FunctionDeclaration): number {
  const { produces, administersStores, cassandra, administersRoles } = needs;
  const parts: readonly (keyof typeof BUDGET | false)[] = [
    'everything',
    (Object.keys(needs).length > 0 || entry.startsWith('lambdas/operations/')) && 'sdk',
    entry.startsWith('lambdas/http/') && 'http',
    (produces !== undefined || administersStores === true) && 'kafka',
    (cassandra === true || administersRoles === true) && 'cassandra',
    needs.connections === true && 'connections',
    needs.keepsSecrets?.includes('cassandraAuthority') === true && 'certificates',
  ];
  return parts.reduce((sum, part) => sum + (part === false ? 0 : BUDGET[part]), 0);
}

const DECLARED: Readonly<Record<string, FunctionDeclaration>> = {
  ...FUNCTIONS,
  ...CLOUD_FUNCTIONS,
  ...MSK_FUNCTIONS,
  ...KEPT_KEYSPACE_FUNCTIONS,
  ...NODE_FUNCTIONS,
};

describe('a function’s bundle', () => {
  it.each(Object.entries<FunctionDeclaration>(DECLARED))(
    '%s is within its budget, and has the drivers of its own stores only',
    (_, declaration) => {
      const text =
        bundleOf(declaration.entry).outputFiles.find(({ path }) => path.endsWith('.mjs'))?.text ?? '';
      const kilobytes = Math.round(text.length / 1_000);
      expect(kilobytes).toBeGreaterThan(0);
      expect(kilobytes).toBeLessThan(budgetOf(declaration));
      const { needs } = declaration;
      expect(text.includes('NoHostAvailableError')).toBe(
        needs.cassandra === true || needs.administersRoles === true,
      );
      expect(text.includes('KafkaJSError')).toBe(
        needs.produces !== undefined || needs.administersStores === true,
      );
    },
  );
});
