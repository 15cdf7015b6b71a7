import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { GENERAL_CHANNEL_ID, GENERAL_CHANNEL_NAME } from '../core/contract/ids.ts';
import { ROUTES, type RouteDeclaration } from '../core/contract/routes.ts';
import { codePoints } from '../core/contract/text.ts';

/** What the page needs of a route in order to call it. */
function withoutSchemas({ method, path, public: isPublic, success }: RouteDeclaration) {
  return {
    method,
    path,
    public: isPublic,
    success: { status: success.status, ...(success.body ? { body: {} } : {}) },
  };
}

/** What contract modules that hold schemas have besides them, by file name; a function among it needs nothing else. */
const PLAIN_EXPORTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'ids.ts': { GENERAL_CHANNEL_ID, GENERAL_CHANNEL_NAME },
  'routes.ts': {
    ROUTES: Object.fromEntries(
      Object.entries<RouteDeclaration>(ROUTES).map(([name, route]) => [name, withoutSchemas(route)]),
    ),
  },
  'text.ts': { codePoints },
};

/**
 * Gives the page that part of those modules alone: with the schemas a validator of 12 KB would come with the first
 * load. Forms still get schemas, from the other modules of the contract, when they are first opened.
 */
function plainContract(): Plugin {
  const prefix = '\0plain-contract/';
  return {
    name: 'plain-contract',
    enforce: 'pre',
    resolveId(source, importer) {
      const file = /\/contract\/([\w-]+\.ts)$/.exec(source)?.[1];
      return file !== undefined && file in PLAIN_EXPORTS && importer ? prefix + file : undefined;
    },
    load(id) {
      if (!id.startsWith(prefix)) return undefined;
      const values = Object.entries(PLAIN_EXPORTS[id.slice(prefix.length)] ?? {});
      return values
        .map(([name, value]) => {
          const source = typeof value === 'function' ? value.toString() : JSON.stringify(value);
          return `export const ${name} = ${source};`;
        })
        .join('\n');
    },
  };
}

/** The page as static files with hashed names. The content security policy allows no inline script or style. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [plainContract(), react()],
  // The package names its development build, which warns of mistakes at run time, for every environment.
  resolve: {
    alias: {
      'react-router': join(import.meta.dirname, '../node_modules/react-router/dist/production/index.mjs'),
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // An asset as a data: address would be refused by the policy, except for images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rolldownOptions: {
      // A schema that nothing uses is not kept for the calls that would make it.
      treeshake: { manualPureFunctions: ['z'] },
    },
  },
});
