import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const ENVIRONMENTS = resolve('node_modules/.cache/python');
/** Each of the names that Python ≥ 3.10 may have. */
const INTERPRETERS = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const VERSION_CHECK = 'import sys, venv; sys.exit(0 if sys.version_info >= (3, 10) else 1)';
const INSTALL_LIMIT_MS = 240_000;

/**
 * A virtual environment with exactly these packages, made at the first call and found again by every later one; nothing is
 * installed outside of it. A half-made one is begun anew.
 *
 * @param requirements pinned: "cfn-lint==1.58.0"
 * @returns the folder with its programs
 * @throws {Error} one sentence, when there is no Python ≥ 3.10 or the packages can not be fetched
 */
export async function pythonTools(requirements: readonly string[]): Promise<string> {
  const key = createHash('sha256').update(requirements.join('\n')).digest('hex').slice(0, 12);
  const folder = join(ENVIRONMENTS, key);
  const complete = join(folder, '.complete');
  if (await exists(complete)) return join(folder, 'bin');
  const python = await interpreter();
  // Programs of an environment name its place, so it is made where it stays; a half-made one is begun anew.
  const claim = `${folder}.making-${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  await rm(folder, { recursive: true, force: true });
  try {
    await run(python, ['-m', 'venv', folder], { timeout: INSTALL_LIMIT_MS });
    await run(
      join(folder, 'bin', 'python'),
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements],
      { timeout: INSTALL_LIMIT_MS },
    );
    await writeFile(claim, `${requirements.join('\n')}\n`);
    await rename(claim, complete);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`${requirements.join(', ')} could not be installed with pip into ${folder}.`, {
      cause: error,
    });
  } finally {
    await rm(claim, { force: true });
  }
  return join(folder, 'bin');
}

async function interpreter(): Promise<string> {
  for (const candidate of INTERPRETERS) {
    const works = await run(candidate, ['-c', VERSION_CHECK]).then(
      () => true,
      () => false,
    );
    if (works) return candidate;
  }
  throw new Error('The tests need Python 3.10 or newer, with venv, as python3.');
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
