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

const DECLARED: Readonly<Record<string, FunctionDeclaration>> = {
  ...FUNCTIONS,
  ...CLOUD_FUNCTIONS,
  ...MSK_FUNCTIONS,
  ...KEPT_KEYSPACE_FUNCTIONS,
  ...NODE_FUNCTIONS,
};

describe('a function’s bundle', () => {
  it.each(Object.entries<FunctionDeclaration>(DECLARED))(
    '%s has the drivers of its own stores only',
    (_, { entry, needs }) => {
      const text = bundleOf(entry).outputFiles.find(({ path }) => path.endsWith('.mjs'))?.text ?? '';
      expect(text).not.toBe('');
      expect(text.includes('NoHostAvailableError')).toBe(
        needs.cassandra === true || needs.administersRoles === true,
      );
      expect(text.includes('KafkaJSError')).toBe(
        needs.produces !== undefined || needs.administersStores === true,
      );
    },
  );
});
