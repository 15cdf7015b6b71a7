import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Maps libraries by the file only. Node takes the whole map of a bundle into memory at the first error that passes through it:
 * 247,000 places for `post-message` with every place of its libraries, 22,000 without.
 */
export const ownSourceMaps: Plugin = {
  name: 'own-source-maps',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => ({
      contents: `${await readFile(path, 'utf8')}\n${mapToBeginning(path)}`,
      loader: 'js',
    }));
  },
};

/** The comment that says of a file's first place where it comes from, and of no other. */
function mapToBeginning(path: string): string {
  const map = JSON.stringify({ version: 3, sources: [basename(path)], mappings: 'AAAA' });
  return `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
}
