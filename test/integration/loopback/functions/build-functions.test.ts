import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildFunctions } from '../../../../local/functions/build-functions.ts';

let root: string;
const functions = { one: { entry: 'one.lambda.ts' }, two: { entry: 'two.lambda.ts' } };

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ping-me-build-'));
  await writeFile(join(root, 'shared.ts'), "export const shared = 'first';");
  await writeFile(join(root, 'unused.ts'), "export type Unused = 'never in a bundle';");
  await writeFile(
    join(root, 'one.lambda.ts'),
    "import { shared } from './shared.ts';\nexport const handler = async () => shared;",
  );
  await writeFile(
    join(root, 'two.lambda.ts'),
    "import type { Unused } from './unused.ts';\nexport const handler = async (): Promise<Unused | string> => __dirname + typeof require;",
  );
});
afterEach(() => rm(root, { recursive: true }));

const build = (more: Partial<Parameters<typeof buildFunctions>[0]> = {}) =>
  buildFunctions({ functions, root, outputDirectory: join(root, 'out'), ...more });

async function run(path: string): Promise<unknown> {
  const module = (await import(`${pathToFileURL(path).href}?${Math.random()}`)) as {
    handler(): Promise<unknown>;
  };
  return module.handler();
}

describe('buildFunctions', () => {
  it('bundles each function whole, with its metafile', async () => {
    const built = await build();
    expect(built.built).toEqual(['one', 'two']);
    expect(await run(built.bundleOf('one'))).toBe('first');
    expect(await run(built.bundleOf('two'))).toBe(`${join(root, 'out', 'two')}function`);
    const metafile = JSON.parse(await readFile(join(root, 'out', 'one', 'metafile.json'), 'utf8'));
    expect(Object.keys(metafile.inputs).toSorted()).toEqual(['one.lambda.ts', 'shared.ts']);
    expect(await stat(built.instanceBundle)).toBeTruthy();
  });

  it('maps its own code place by place, and a library by the file', async () => {
    const lines = 'throw Error(1);\nthrow Error(2);\nthrow Error(3);';
    const library = join(root, 'node_modules', 'library');
    await mkdir(library, { recursive: true });
    await writeFile(join(library, 'index.js'), `export const library = (a) => {\nif (a > 1)\n${lines}\n};`);
    await writeFile(
      join(root, 'one.lambda.ts'),
      `import { library } from 'library';\nexport const handler = async (a: number) => {\nif (a > 2) library(a);\n${lines}\n};`,
    );
    const bundle = (await build()).bundleOf('one');
    const map = new SourceMap(JSON.parse(await readFile(`${bundle}.map`, 'utf8')));
    const code = (await readFile(bundle, 'utf8')).split('\n');
    const linesMappedTo = (source: string) =>
      new Set(
        code
          .flatMap((line, row) => Array.from(line, (_, column) => map.findEntry(row, column)))
          .flatMap((entry) =>
            'originalSource' in entry && entry.originalSource.endsWith(source) ? [entry.originalLine] : [],
          ),
      );
    expect(linesMappedTo('node_modules/library/index.js')).toEqual(new Set([0]));
    expect(linesMappedTo('one.lambda.ts').size).toBeGreaterThan(2);
  });

  it('builds only what has changed', async () => {
    await build();
    expect((await build()).built).toEqual([]);
    await writeFile(join(root, 'shared.ts'), "export const shared = 'second';");
    const rebuilt = await build();
    expect(rebuilt.built).toEqual(['one']);
    expect(await run(rebuilt.bundleOf('one'))).toBe('second');
  });

  it('builds again for other options, other packages, and a bundle that is gone', async () => {
    await build();
    expect((await build({ target: 'node24' })).built).toEqual(['one', 'two']);
    expect((await build({ target: 'node24' })).built).toEqual([]);
    await writeFile(join(root, 'package-lock.json'), '{}');
    expect((await build({ target: 'node24' })).built).toEqual(['one', 'two']);
    await rm(join(root, 'out', 'two'), { recursive: true });
    expect((await build({ target: 'node24' })).built).toEqual(['two']);
  });

  it('can be moved: a copy of the output needs no building', async () => {
    await build();
    await mkdir(join(root, 'elsewhere'));
    await cp(join(root, 'out'), join(root, 'elsewhere'), { recursive: true });
    expect((await build({ outputDirectory: join(root, 'elsewhere') })).built).toEqual([]);
  });

  it('names the entry point that is missing', async () => {
    await expect(build({ functions: { three: { entry: 'three.lambda.ts' } } })).rejects.toThrow(
      /^The functions could not be bundled: .*three\.lambda\.ts/,
    );
  });

  it('names the place of an error', async () => {
    await writeFile(join(root, 'one.lambda.ts'), 'export const handler = (;');
    await expect(build()).rejects.toThrow(/one\.lambda\.ts:1/);
  });
});
