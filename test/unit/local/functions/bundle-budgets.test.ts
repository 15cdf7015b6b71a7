import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  CLOUD_FUNCTIONS,
  FUNCTIONS,
  type FunctionDeclaration,
  KEPT_KEYSPACE_FUNCTIONS,
  MSK_FUNCTIONS,
  NODE_FUNCTIONS,
} from '../../../../core/contract/functions.ts';
import { BUNDLE_KILOBYTES, refuseAboveBudget } from '../../../../local/functions/bundle-budgets.ts';
import { bundleOptions } from '../../../../local/functions/bundle-options.ts';

const DECLARED: Readonly<Record<string, FunctionDeclaration>> = {
  ...FUNCTIONS,
  ...CLOUD_FUNCTIONS,
  ...MSK_FUNCTIONS,
  ...KEPT_KEYSPACE_FUNCTIONS,
  ...NODE_FUNCTIONS,
};

describe('the bundle of each function, as AWS gets it,', () => {
  const bytes = new Map<string, number>();
  beforeAll(async () => {
    const { metafile } = await build({
      ...bundleOptions('node24'),
      sourcemap: false,
      entryPoints: Object.entries(DECLARED).map(([name, { entry }]) => ({ in: entry, out: name })),
      outdir: 'functions',
      metafile: true,
      write: false,
      logLevel: 'silent',
    });
    for (const [path, output] of Object.entries(metafile.outputs)) {
      bytes.set(path.replace(/^functions\/|\.js$/g, ''), output.bytes);
    }
  });

  it.each(Object.keys(DECLARED))('%s is within its budget', (name) => {
    expect(() => refuseAboveBudget(name, bytes.get(name) ?? Number.NaN)).not.toThrow();
  });

  it.each(Object.entries(BUNDLE_KILOBYTES))(
    '%s has no budget that hides a heavy import',
    (name, kilobytes) => {
      expect((bytes.get(name) ?? 0) / 1_000).toBeGreaterThan(kilobytes / 1.25);
    },
  );
});

describe('a bundle', () => {
  it('above its budget is refused in a sentence with the function, its bytes and its budget', () => {
    expect(() => refuseAboveBudget('socket-message', 1_234_567, { 'socket-message': 44 })).toThrow(
      'The bundle of socket-message has 1,234,567 bytes and its budget is 44,000: import less, or raise it in local/functions/bundle-budgets.ts.',
    );
  });

  it('at its budget is not', () => {
    expect(() => refuseAboveBudget('socket-message', 44_000, { 'socket-message': 44 })).not.toThrow();
  });

  it('of a function without a budget is refused', () => {
    expect(() => refuseAboveBudget('new-function', 1, {})).toThrow('The function new-function has no budget');
  });
});
