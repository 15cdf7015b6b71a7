/**
 * The rooms of the system and what each may import. A rule names a room and everything it may reach; whatever is not
 * named is refused. Type-only imports count: a type from the wrong room ties the two together just as well.
 *
 * Paths are those of resolved modules, so an npm package is `node_modules/<name>/`; `lib/` and `node_modules` never mix.
 */
const NPM = '(^|/)node_modules/';
const npm = (...names) => `${NPM}(@types/)?(${names.join('|')})(/|$)`;
const builtin = (...names) => `^(node:)?(${names.join('|')})$`;

/** Built-in modules have no extension and no dots, so none of ours looks like one. */
const ANY_BUILTIN = ['^[^./]+$', '^[^./]+/[^./]+$'];

const PORTS = '^lambdas/application/ports/';
/** The handler's event and result types of the Lambda runtime: types only, nothing that runs. */
const LAMBDA_TYPES = npm('aws-lambda');
const ENTRY_ROOMS = '^lambdas/(http|websocket|consumers|operations)/';
const ENTRY_POINT = `${ENTRY_ROOMS}[^/]+\\.lambda\\.ts$`;
/** What a use case may take from the platform: computation, no input or output. */
const PURE_BUILTINS = builtin('crypto', 'buffer', 'util', 'timers/promises');

/** `room` may import its own files and `allowed`, nothing else. */
const room = (name, from, allowed, comment, own = from) => ({
  name: `room-${name}`,
  comment,
  severity: 'error',
  from: { path: from },
  // What is not there is one finding, not two.
  to: { couldNotResolve: false, pathNot: [own, ...allowed].filter((path) => path !== null) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two modules that need each other are one module, or lack a third one that both need.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'The import names a file or package that is not there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'not-to-test',
      comment: 'Nothing imports test/.',
      severity: 'error',
      from: { pathNot: ['^test/', '^vitest\\.config\\.ts$'] },
      to: { path: ['^test/', '\\.test\\.tsx?$'] },
    },
    room(
      'bin',
      '^bin/',
      ['^lib/', '^local/stores/', NPM, ...ANY_BUILTIN],
      'The CDK app builds stacks of lib/; a command beside it fetches jars as the one-machine run does.',
    ),
    room(
      'lib',
      '^lib/',
      ['^core/contract/', '^nodes/', '^local/functions/bundle-(budgets|options)\\.ts$', NPM, ...ANY_BUILTIN],
      'Stacks read the declarations of core/contract; function code is named by path, never imported.',
    ),
    room(
      'nodes',
      '^nodes/',
      [builtin('fs', 'url')],
      'What makes an instance a node is text, rendered from options: nothing of the functions, the stacks or one machine.',
    ),
    room(
      'core-contract',
      '^core/contract/',
      [npm('zod')],
      'The contract is schemas, types and data: the schema library only.',
    ),
    room('core-domain', '^core/domain/', ['^core/contract/'], 'Domain rules are pure: core/contract only.'),
    {
      name: 'core-has-two-rooms',
      comment: 'core/ holds contract/ and domain/ only, so that every file of it has a rule.',
      severity: 'error',
      from: {},
      to: { path: '^core/', pathNot: '^core/(contract|domain)/' },
    },
    room(
      'entry-points',
      ENTRY_ROOMS,
      ['^lambdas/(application|middleware|runtime)/', LAMBDA_TYPES],
      'An entry point parses, calls a use case and answers: application, middleware and runtime only.',
      null,
    ),
    room(
      'middleware',
      '^lambdas/middleware/',
      ['^core/', '^lambdas/runtime/', PORTS, LAMBDA_TYPES, npm('@middy', 'zod'), PURE_BUILTINS],
      'Middleware knows core, runtime and ports, no use case and no adapter.',
    ),
    room(
      'application',
      '^lambdas/application/',
      ['^core/', PURE_BUILTINS],
      'Use cases know core and the ports they declare: no driver, no runtime, no adapter.',
    ),
    room(
      'adapters',
      '^lambdas/adapters/',
      ['^core/', PORTS, NPM, ...ANY_BUILTIN],
      'An adapter knows ports, core and its driver.',
    ),
    {
      name: 'one-adapter-a-port',
      comment: 'Adapters do not import one another.',
      severity: 'error',
      from: { path: '^lambdas/adapters/([^/]+)/' },
      to: { path: '^lambdas/adapters/', pathNot: '^lambdas/adapters/$1/' },
    },
    room(
      'runtime',
      '^lambdas/runtime/',
      ['^lambdas/adapters/', PORTS, '^core/', NPM, ...ANY_BUILTIN],
      'The runtime composes adapters behind the ports; it knows no use case.',
    ),
    room(
      'local',
      '^local/',
      [ENTRY_POINT, '^core/', '^lambdas/runtime/', '^nodes/', NPM, ...ANY_BUILTIN],
      'The one-machine run loads the same entry points as AWS and shares core and lambdas/runtime.',
    ),
    room(
      'deploy',
      '^deploy/',
      ['^core/contract/', '^local/', NPM, ...ANY_BUILTIN],
      'Deploying is commands around the stacks: it runs the CDK and what an emulator lacks, and builds nothing of its own.',
    ),
    room(
      'drills',
      '^(drills|bench)/',
      ['^core/contract/', '^local/', NPM, ...ANY_BUILTIN],
      'Drills drive the public API and the node control of local/.',
    ),
    room('web', '^web/src/', ['^core/', NPM], 'The page shares core/ with the functions and nothing else.'),
    {
      name: 'web-feature-alone',
      comment:
        'A feature never imports another feature; what two need lives in components/, lib/ or the state.',
      severity: 'error',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    },
    {
      name: 'web-feature-below-app',
      comment: 'Of app/ a feature knows the state, not the shell that mounts it.',
      severity: 'error',
      from: { path: '^web/src/features/' },
      to: { path: '^web/src/app/', pathNot: '^web/src/app/(state/|store\\.ts$)' },
    },
    {
      name: 'web-shared-below-features',
      comment: 'components/ and lib/ know neither app/ nor features/.',
      severity: 'error',
      from: { path: '^web/src/(components|lib)/' },
      to: { path: '^web/src/(app|features)/' },
    },
    {
      name: 'web-lib-below-components',
      comment: 'lib/ has no components.',
      severity: 'error',
      from: { path: '^web/src/lib/' },
      to: { path: '^web/src/components/' },
    },
    {
      name: 'web-rooms',
      comment:
        'web/src holds the rooms app, features, components and lib only, so that every file has a rule.',
      severity: 'error',
      from: {},
      to: { path: '^web/src/', pathNot: '^web/src/(app|features|components|lib)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(web/dist|dist|cdk\\.out)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    detectJSDocImports: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.json', '.css'],
    },
  },
};
