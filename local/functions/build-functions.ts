import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, version as esbuildVersion, type Metafile, type OutputFile } from 'esbuild';
import * as z from 'zod/mini';
import { OperatorError } from '../processes/operator-error.ts';
import { bundleOptions } from './bundle-options.ts';
import { InputHasher } from './input-hash.ts';
import { ownSourceMaps } from './own-source-maps.ts';

/** The bundle that loads a function in a thread or process of its own lies beside the functions, under this name. */
const INSTANCE_NAME = '_instance';
const INSTANCE_ENTRY = fileURLToPath(new URL('./instance-main.ts', import.meta.url));

const manifestSchema = z.record(z.string(), z.object({ hash: z.string(), inputs: z.array(z.string()) }));
type Manifest = z.infer<typeof manifestSchema>;

export interface BuildFunctionsOptions {
  /** Entry point of each function, from `root`: for example `FUNCTIONS`. */
  readonly functions: Readonly<Record<string, { readonly entry: string }>>;
  readonly outputDirectory: string;
  /** The repository's root; the current directory by default. */
  readonly root?: string;
  /** The machine's own Node by default. */
  readonly target?: string;
}

export interface BuiltFunctions {
  /** Names of the functions that were bundled anew; the others had not changed. */
  readonly built: readonly string[];
  /** Path of a function's bundle. */
  bundleOf(name: string): string;
  /** Path of the bundle that runs functions in threads and processes of their own. */
  readonly instanceBundle: string;
}

/**
 * Bundles each function into `<outputDirectory>/<name>/index.mjs`, with esbuild's metafile beside it. A function whose
 * inputs and options are those of the last time is left as it is.
 *
 * @throws OperatorError naming the first error of the bundler
 */
export async function buildFunctions(options: BuildFunctionsOptions): Promise<BuiltFunctions> {
  const root = resolve(options.root ?? '.');
  const outputDirectory = resolve(options.outputDirectory);
  const target = options.target ?? `node${process.versions.node}`;
  const entries: Record<string, string> = { [INSTANCE_NAME]: INSTANCE_ENTRY };
  for (const [name, { entry }] of Object.entries(options.functions)) entries[name] = entry;

  const manifestFile = join(outputDirectory, 'manifest.json');
  const manifest = await readManifest(manifestFile);
  const stamp = { target, esbuildVersion, options: bundleOptions(target), plugin: ownSourceMaps.name };
  const hashers = new InputHasher(root);
  const fresh = async (name: string): Promise<boolean> => {
    const known = manifest[name];
    if (known === undefined || !(await isFile(join(outputDirectory, name, 'index.mjs')))) return false;
    return known.hash === (await hashers.hash(known.inputs, stamp));
  };
  const names = Object.keys(entries);
  const freshness = await Promise.all(names.map(fresh));
  const stale = names.filter((_, index) => !freshness[index]);

  if (stale.length > 0) {
    const metafile = await bundle(stale, entries, { root, outputDirectory, target });
    for (const name of stale) {
      const inputs = inputsOf(metafile, name);
      const hash = await hashers.hash(inputs, stamp);
      if (hash !== undefined) manifest[name] = { hash, inputs };
    }
    await writeWhole(manifestFile, JSON.stringify(manifest));
  }
  return {
    built: stale.filter((name) => name !== INSTANCE_NAME),
    bundleOf: (name) => join(outputDirectory, name, 'index.mjs'),
    instanceBundle: join(outputDirectory, INSTANCE_NAME, 'index.mjs'),
  };
}

async function bundle(
  names: readonly string[],
  entries: Readonly<Record<string, string>>,
  where: { root: string; outputDirectory: string; target: string },
): Promise<Metafile> {
  const result = await build({
    ...bundleOptions(where.target),
    plugins: [ownSourceMaps],
    absWorkingDir: where.root,
    entryPoints: names.map((name) => ({ in: entries[name] ?? '', out: `${name}/index` })),
    outdir: where.outputDirectory,
    outExtension: { '.js': '.mjs' },
    metafile: true,
    write: false,
    logLevel: 'silent',
  }).catch((error: unknown) => {
    throw new OperatorError(`The functions could not be bundled: ${firstErrorOf(error)}.`);
  });
  await Promise.all(result.outputFiles.map(writeOutput));
  await Promise.all(
    names.map((name) =>
      writeWhole(
        join(where.outputDirectory, name, 'metafile.json'),
        JSON.stringify(partOf(result.metafile, name)),
      ),
    ),
  );
  return result.metafile;
}

/** A running system may load a bundle at any moment: each file appears whole. */
async function writeOutput({ path, contents }: OutputFile): Promise<void> {
  await writeWhole(path, contents);
}

async function writeWhole(path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}`);
  await writeFile(partial, contents);
  await rename(partial, path);
}

/** The part of a build's metafile that concerns one function: its outputs, and the inputs that went into them. */
function partOf(metafile: Metafile, name: string): Metafile {
  const outputs = Object.entries(metafile.outputs).filter(([path]) => path.split('/').at(-2) === name);
  const used = new Set(outputs.flatMap(([, output]) => Object.keys(output.inputs)));
  const inputs = Object.entries(metafile.inputs).filter(([path]) => used.has(path));
  return { inputs: Object.fromEntries(inputs), outputs: Object.fromEntries(outputs) };
}

/** All files of our own that a function was made from, also those of which nothing was left in the bundle. */
function inputsOf(metafile: Metafile, name: string): string[] {
  const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`/${name}/index.mjs`))?.[1];
  const reached = new Set<string>();
  const queue = output?.entryPoint === undefined ? [] : [output.entryPoint];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (reached.has(path) || path.includes('node_modules/')) continue;
    reached.add(path);
    queue.push(...(metafile.inputs[path]?.imports ?? []).map((imported) => imported.path));
  }
  return [...reached].filter((path) => path in metafile.inputs).sort();
}

async function readManifest(file: string): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // None yet, or a damaged one: then everything is bundled anew.
    return {};
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

function firstErrorOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors)) {
    const [first] = error.errors as { text: string; location: { file: string; line: number } | null }[];
    if (first)
      return first.location ? `${first.text} (${first.location.file}:${first.location.line})` : first.text;
  }
  return error instanceof Error ? error.message : String(error);
}
