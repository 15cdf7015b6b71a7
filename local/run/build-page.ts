import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { InputHasher } from '../functions/input-hash.ts';
import { killTogetherWithThisProcess } from '../processes/exit-guard.ts';
import { OperatorError } from '../processes/operator-error.ts';
import { BUILD_DIRECTORY, PAGE_DIRECTORY, REPOSITORY_ROOT } from './build-directories.ts';
import { inheritedEnvironment } from './inherited-environment.ts';

/** What the page is made of, beside the packages that the lockfile names. */
const SOURCES = ['web', 'core'];

/**
 * Builds the page into `web/dist`, unless it is there and nothing has changed since.
 *
 * @returns whether it was built
 * @throws OperatorError when the build fails; its output is in the named file
 */
export async function buildPage(signal: AbortSignal): Promise<boolean> {
  const stampFile = join(BUILD_DIRECTORY, 'page-inputs');
  const stamp = await new InputHasher(REPOSITORY_ROOT).hash(await sourceFiles(), 'page');
  const isBuilt = await readFile(join(PAGE_DIRECTORY, 'index.html')).then(
    () => true,
    () => false,
  );
  if (isBuilt && stamp !== undefined && stamp === (await readFile(stampFile, 'utf8').catch(() => '')))
    return false;
  // Built aside and moved: what serves the page now never sees half of it.
  const partial = join(BUILD_DIRECTORY, `page-${process.pid}`);
  await mkdir(BUILD_DIRECTORY, { recursive: true });
  try {
    await runVite(partial, signal);
    await rm(PAGE_DIRECTORY, { recursive: true, force: true });
    await rename(partial, PAGE_DIRECTORY);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  if (stamp !== undefined) await writeFile(stampFile, stamp);
  return true;
}

async function sourceFiles(): Promise<string[]> {
  const lists = await Promise.all(
    SOURCES.map(async (source) => {
      const entries = await readdir(join(REPOSITORY_ROOT, source), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(REPOSITORY_ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
    }),
  );
  return lists.flat().filter((path) => !path.startsWith('web/dist/'));
}

async function runVite(outputDirectory: string, signal: AbortSignal): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'build', 'web', '--outDir', outputDirectory, '--logLevel', 'warn'],
    {
      cwd: REPOSITORY_ROOT,
      // A test runner says otherwise, and the page would come with the development build of React.
      env: { ...inheritedEnvironment(), NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    },
  );
  const release = killTogetherWithThisProcess(child);
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(release);
  if (status === 0) return;
  const logFile = join(BUILD_DIRECTORY, 'page.log');
  await writeFile(logFile, Buffer.concat(output));
  throw new OperatorError(`The page could not be built: the build's output is in ${logFile}.`);
}
