import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildResult, buildSync } from 'esbuild';
import { refuseAboveBudget } from '../../../local/functions/bundle-budgets.ts';
import { bundleOptions } from '../../../local/functions/bundle-options.ts';

const REPOSITORY_ROOT = resolve(import.meta.dirname, '../../..');

/** Node 24 on Lambda. */
const TARGET = 'node24';

/** An entry point is bundled once a process, however many templates name it. */
const bundles = new Map<string, BuildResult<{ write: false }>>();

/**
 * A function's code: one ES module with everything that its entry point imports and nothing else, made by the same
 * bundler with the same options as on one machine. Its hash is that of the bundle, so that only a function whose code
 * has changed is deployed again.
 */
export function functionCode(entry: string): AssetCode {
  return Code.fromAsset(REPOSITORY_ROOT, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('scratch'),
      // Never run. All bundles begin in the same folder, and one is told from another by this.
      command: [entry],
      local: {
        tryBundle(outputDirectory: string): boolean {
          mkdirSync(outputDirectory, { recursive: true });
          for (const { path, contents } of bundleOf(entry).outputFiles) {
            writeFileSync(join(outputDirectory, basename(path)), contents);
          }
          return true;
        },
      },
    },
  });
}

/**
 * The bundle of an entry point: `index.mjs` and its source map.
 *
 * @throws {Error} in one sentence where it is above its function's budget
 */
export function bundleOf(entry: string): BuildResult<{ write: false }> {
  const known = bundles.get(entry);
  if (known !== undefined) return known;
  const bundle = buildSync({
    ...bundleOptions(TARGET),
    absWorkingDir: REPOSITORY_ROOT,
    entryPoints: [entry],
    // Never written: source maps name their sources relative to it, wherever the assembly lies.
    outfile: '.ping-me/lambda/index.mjs',
    write: false,
    logLevel: 'silent',
  });
  const code = bundle.outputFiles.find(({ path }) => path.endsWith('.mjs'));
  refuseAboveBudget(basename(entry, '.lambda.ts'), code?.contents.length ?? 0);
  bundles.set(entry, bundle);
  return bundle;
}
