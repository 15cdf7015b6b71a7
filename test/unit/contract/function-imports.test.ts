import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser';
import { beforeAll, describe, expect, it } from 'vitest';
import { FUNCTIONS, type FunctionDeclaration, NODE_FUNCTIONS } from '../../../core/contract/functions.ts';

/** What reaching an adapter's folder means that a function needs. */
const ADAPTERS: Readonly<Record<string, (needs: FunctionDeclaration['needs']) => boolean>> = {
  cassandra: ({ cassandra, administersRoles }) => cassandra === true || administersRoles === true,
  kafka: ({ produces, administersStores }) => produces !== undefined || administersStores === true,
  dynamodb: ({ dynamodb }) => dynamodb !== undefined,
  websocket: ({ connections }) => connections === true,
  pki: ({ keepsSecrets }) => keepsSecrets?.includes('cassandraAuthority') === true,
};

let modules: ReadonlyMap<string, IModule>;

beforeAll(async () => {
  const { output } = await cruise(['lambdas', 'core'], {
    doNotFollow: { path: 'node_modules' },
    // Types are gone by the time a function is bundled.
    tsPreCompilationDeps: false,
    tsConfig: { fileName: 'tsconfig.json' },
  });
  modules = new Map((output as ICruiseResult).modules.map((module) => [module.source, module]));
});

/** Every module that is bundled with an entry point. */
function bundledWith(entry: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const dependency of modules.get(path)?.dependencies ?? []) visit(dependency.resolved);
  };
  visit(entry);
  return seen;
}

const DECLARED: Readonly<Record<string, FunctionDeclaration>> = { ...FUNCTIONS, ...NODE_FUNCTIONS };

describe.each(Object.entries(DECLARED))('%s', (_name, { entry, needs }) => {
  it('is bundled with the adapters that it declares to need, and no others', () => {
    const bundled = [...bundledWith(entry)];
    const reached = Object.keys(ADAPTERS).filter((adapter) =>
      bundled.some((path) => path.startsWith(`lambdas/adapters/${adapter}/`)),
    );
    const declared = Object.keys(ADAPTERS).filter((adapter) => ADAPTERS[adapter]?.(needs));
    expect(modules.has(entry), `${entry} is not there`).toBe(true);
    expect(reached).toEqual(declared);
  });
});
