import type { BuildOptions } from 'esbuild';

/** ESM has none of these three, and kafkajs and cassandra-driver need them. */
const COMMON_JS_BANNER = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  "import { dirname as __pathDirname } from 'node:path';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  'const __dirname = __pathDirname(__filename);',
].join('');

/**
 * How a function is bundled, for AWS and for one machine: everything in one ES module.
 *
 * @param target esbuild's name of the Node that will run it: `node24` on AWS, the machine's own here
 */
export function bundleOptions(target: string) {
  return {
    bundle: true,
    platform: 'node',
    format: 'esm',
    target,
    // `module` first makes unused code go away: 18 % of a bundle.
    mainFields: ['module', 'main'],
    banner: { js: COMMON_JS_BANNER },
    // An optional native dependency of cassandra-driver that is not installed.
    external: ['kerberos'],
    minify: true,
    // Names of error classes are compared.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    charset: 'utf8',
  } as const satisfies BuildOptions;
}
