import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  CLOUD_FUNCTIONS,
  FUNCTIONS,
  type FunctionDeclaration,
  KEPT_KEYSPACE_FUNCTIONS,
  MSK_FUNCTIONS,
  NODE_FUNCTIONS,
} from '../../../core/contract/functions.ts';
import { ROUTE_NAMES } from '../../../core/contract/routes.ts';

/** What reaching an adapter's folder means that a function needs. */
const ADAPTERS: Readonly<Record<string, (needs: FunctionDeclaration['needs'], entry: string) => boolean>> = {
  cassandra: ({ cassandra, administersRoles }) => cassandra === true || administersRoles === true,
  kafka: ({ produces, administersStores }) => produces !== undefined || administersStores === true,
  // Whatever a route may ask for, its middleware can count requests there.
  dynamodb: ({ dynamodb }, entry) => dynamodb !== undefined || isRoute(entry),
  msk: ({ findsBrokers }) => findsBrokers === true,
  websocket: ({ connections }) => connections === true,
  pki: ({ keepsSecrets }) => keepsSecrets?.includes('cassandraAuthority') === true,
};

const isRoute = (entry: string) => ROUTE_NAMES.some((name) => entry === `lambdas/http/${name}.lambda.ts`);

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

const DECLARED: Readonly<Record<string, FunctionDeclaration>> = {
  ...FUNCTIONS,
  ...CLOUD_FUNCTIONS,
  ...MSK_FUNCTIONS,
  ...KEPT_KEYSPACE_FUNCTIONS,
  ...NODE_FUNCTIONS,
};

describe.each(Object.entries(DECLARED))('%s', (_name, { entry, needs }) => {
  it('is bundled with the adapters that it declares to need, and no others', () => {
    const bundled = [...bundledWith(entry)];
    const reached = Object.keys(ADAPTERS).filter((adapter) =>
      bundled.some((path) => path.startsWith(`lambdas/adapters/${adapter}/`)),
    );
    const declared = Object.keys(ADAPTERS).filter((adapter) => ADAPTERS[adapter]?.(needs, entry));
    expect(modules.has(entry), `${entry} is not there`).toBe(true);
    expect(reached).toEqual(declared);
  });
});
