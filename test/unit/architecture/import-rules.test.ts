import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A small tree with one import of every kind that the rules are about: file, what it imports, the rules it breaks. */
const IMPORTS: readonly (readonly [from: string, to: string, broken: readonly string[]])[] = [
  // What each room may import.
  ['core/contract/routes.ts', 'core/contract/limits.ts', []],
  ['core/contract/limits.ts', 'zod/mini', []],
  ['core/domain/ids.ts', 'core/contract/limits.ts', []],
  ['lambdas/http/sign-in.lambda.ts', 'lambdas/application/sign-in.ts', []],
  ['lambdas/http/sign-in.lambda.ts', 'lambdas/middleware/session.ts', []],
  ['lambdas/http/sign-in.lambda.ts', 'lambdas/runtime/compose.ts', []],
  ['lambdas/middleware/session.ts', 'lambdas/application/ports/sessions.ts', []],
  ['lambdas/application/sign-in.ts', 'lambdas/application/ports/sessions.ts', []],
  ['lambdas/application/sign-in.ts', 'core/domain/ids.ts', []],
  ['lambdas/adapters/kafka/log.ts', 'kafkajs', []],
  ['lambdas/adapters/kafka/log.ts', 'lambdas/application/ports/sessions.ts', []],
  ['lambdas/runtime/compose.ts', 'lambdas/adapters/kafka/log.ts', []],
  ['local/gateway/gateway.ts', 'lambdas/http/sign-in.lambda.ts', []],
  ['local/gateway/gateway.ts', 'node:http', []],
  ['drills/kill.ts', 'local/gateway/gateway.ts', []],
  ['web/src/app/main.tsx', 'web/src/app/app.tsx', []],
  ['web/src/app/app.tsx', 'web/src/features/session/session.tsx', []],
  ['web/src/features/session/session.tsx', 'web/src/components/button.tsx', []],
  ['web/src/features/session/session.tsx', 'core/contract/routes.ts', []],
  ['web/src/features/session/session.tsx', 'web/src/app/store.ts', []],
  ['web/src/components/button.tsx', 'web/src/lib/format.ts', []],
  ['bin/app.ts', 'lib/stacks/web.ts', []],
  ['lib/stacks/web.ts', 'core/contract/routes.ts', []],
  ['lib/stacks/database.ts', 'nodes/cassandra/node-boot.ts', []],
  ['local/cassandra/nodes.ts', 'nodes/cassandra/node-boot.ts', []],
  ['test/unit/gateway.test.ts', 'local/gateway/gateway.ts', []],
  // What it may not.
  ['core/contract/bodies.ts', 'core/domain/ids.ts', ['room-core-contract']],
  ['core/contract/clock.ts', 'node:fs', ['room-core-contract']],
  ['core/domain/buckets.ts', 'zod/mini', ['room-core-domain']],
  ['core/domain/order.ts', 'lambdas/application/sign-in.ts', ['room-core-domain']],
  ['core/domain/names.ts', 'core/names.ts', ['core-has-two-rooms', 'room-core-domain']],
  ['lambdas/http/a.lambda.ts', 'lambdas/adapters/kafka/log.ts', ['room-entry-points']],
  ['lambdas/http/b.lambda.ts', 'core/contract/routes.ts', ['room-entry-points']],
  ['lambdas/http/c.lambda.ts', 'lambdas/http/sign-in.lambda.ts', ['room-entry-points']],
  ['lambdas/consumers/d.lambda.ts', 'kafkajs', ['room-entry-points']],
  ['lambdas/middleware/body.ts', 'lambdas/application/sign-in.ts', ['room-middleware']],
  ['lambdas/middleware/origin.ts', 'lambdas/adapters/kafka/log.ts', ['room-middleware']],
  ['lambdas/application/post.ts', 'lambdas/adapters/kafka/log.ts', ['room-application']],
  ['lambdas/application/find.ts', 'kafkajs', ['room-application']],
  ['lambdas/application/read.ts', 'node:fs', ['room-application']],
  ['lambdas/application/log.ts', 'lambdas/runtime/compose.ts', ['room-application']],
  ['lambdas/adapters/cassandra/rows.ts', 'lambdas/adapters/kafka/log.ts', ['one-adapter-a-port']],
  ['lambdas/adapters/cassandra/users.ts', 'lambdas/application/sign-in.ts', ['room-adapters']],
  ['lambdas/adapters/cassandra/names.ts', 'lambdas/runtime/compose.ts', ['room-adapters']],
  ['lambdas/runtime/wire.ts', 'lambdas/application/sign-in.ts', ['room-runtime']],
  ['lambdas/runtime/wrap.ts', 'lambdas/middleware/session.ts', ['room-runtime']],
  ['local/stores/a.ts', 'lambdas/adapters/kafka/log.ts', ['room-local']],
  ['local/stores/b.ts', 'lambdas/application/sign-in.ts', ['room-local']],
  ['local/stores/c.ts', 'drills/kill.ts', ['room-local']],
  ['drills/load.ts', 'lambdas/runtime/compose.ts', ['room-drills']],
  ['nodes/cassandra/render.ts', 'local/stores/a.ts', ['room-nodes']],
  ['drills/model.ts', 'core/domain/ids.ts', ['room-drills']],
  ['web/src/lib/socket.ts', 'lambdas/runtime/compose.ts', ['room-web']],
  ['web/src/lib/files.ts', 'node:fs', ['room-web']],
  ['web/src/features/people/list.tsx', 'web/src/features/session/session.tsx', ['web-feature-alone']],
  ['web/src/features/people/find.tsx', 'web/src/app/app.tsx', ['web-feature-below-app']],
  ['web/src/components/card.tsx', 'web/src/features/session/session.tsx', ['web-shared-below-features']],
  ['web/src/lib/theme.ts', 'web/src/components/button.tsx', ['web-lib-below-components']],
  ['web/src/lib/date.ts', 'web/src/dates/date.ts', ['web-rooms']],
  ['bin/names.ts', 'core/contract/routes.ts', ['room-bin']],
  ['lib/stacks/api.ts', 'lambdas/http/sign-in.lambda.ts', ['room-lib']],
  ['local/gateway/fixture.ts', 'test/support/page.ts', ['not-to-test', 'room-local']],
  ['local/gateway/gone.ts', 'local/gateway/nowhere.ts', ['no-unresolvable']],
];

const packages = ['zod', 'kafkajs'];
let tree: string;
let result: ICruiseResult;

beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), 'ping-me-import-rules-'));
  const texts = new Map<string, string>();
  const add = (path: string, text: string) => texts.set(path, `${texts.get(path) ?? ''}${text}\n`);
  for (const [from, to] of IMPORTS) {
    const isFile = /\.tsx?$/.test(to);
    if (isFile && !to.endsWith('nowhere.ts')) add(to, '');
    const up = '../'.repeat(from.split('/').length - 1);
    add(from, `import type {} from '${isFile ? up + to : to}';`);
  }
  add('local/stores/round.ts', "import './trip.ts';");
  add('local/stores/trip.ts', "import './round.ts';");
  for (const name of packages) {
    add(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, exports: { '.': './x.js', './mini': './x.js' } }),
    );
    add(`node_modules/${name}/x.js`, '');
  }
  add('tsconfig.json', '{}');
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text.trimStart());
  }
  const { tsConfig: _, ...options } = await extractDepcruiseOptions('./.dependency-cruiser.mjs');
  const rooms = ['bin', 'lib', 'core', 'lambdas', 'nodes', 'local', 'drills', 'web/src', 'test'];
  const { output } = await cruise(rooms, { ...options, validate: true, baseDir: tree });
  if (typeof output === 'string') throw new Error(output);
  result = output;
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** Names of the rules that this import breaks; a cycle is looked at on its own. */
function brokenBy(from: string, to: string): string[] {
  return result.summary.violations
    .filter((violation) => violation.from === from && violation.rule.name !== 'no-circular')
    .filter(
      (violation) =>
        violation.to === to || violation.to.endsWith(to) || violation.to.includes(`/${to.split('/')[0]}/`),
    )
    .map((violation) => violation.rule.name)
    .sort();
}

describe('import rules', () => {
  it.each(IMPORTS)('%s imports %s: %j', (from, to, broken) => {
    expect(brokenBy(from, to.replace(/^node:/, ''))).toEqual([...broken]);
  });

  it('refuse a circle', () => {
    const circles = result.summary.violations
      .filter(({ rule }) => rule.name === 'no-circular')
      .map(({ from }) => from);
    expect(circles).toContain('local/stores/round.ts');
  });
});
