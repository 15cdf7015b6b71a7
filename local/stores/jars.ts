import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { killTogetherWithThisProcess } from '../processes/exit-guard.ts';
import { OperatorError } from '../processes/operator-error.ts';
import { identifyProcess } from '../processes/process-identity.ts';
import { assertMavenUsable } from './java.ts';

const COPY_GOAL = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
const PROGRESS_MILLISECONDS = 1_000;
/** Two runs may fetch into Maven's own repository at once, where one can trip over the other's half-written file. */
const MAVEN_ATTEMPTS = 2;

export interface JarRequest {
  /** "kafka": begins the folder's name. */
  name: string;
  pomFile: string;
  cacheDirectory: string;
  signal: AbortSignal;
  /** Called when Maven starts and every second while it runs; never when the jars are in the cache. */
  onProgress(seconds: number, megabytes: number): void;
}

/**
 * The folder with a store's jars, fetched by Maven on first use. Its name carries the pom's version and hash, so that another
 * version never finds the wrong jars; it appears whole or not at all, also when two processes fetch at once.
 *
 * @throws OperatorError when Maven is missing or fails
 */
export async function fetchJars(request: JarRequest): Promise<string> {
  const folder = join(request.cacheDirectory, await cacheFolderName(request.name, request.pomFile));
  if (await exists(folder)) return folder;
  await assertMavenUsable();
  await mkdir(request.cacheDirectory, { recursive: true });
  await removeAbandoned(request.cacheDirectory);
  const partial = join(request.cacheDirectory, `.partial-${process.pid}-${request.name}`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial);
  try {
    await runMaven(request, partial);
    await rename(partial, folder);
  } catch (error) {
    // Another process was quicker: its jars are as good.
    if (!(await exists(folder))) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

/** "kafka-4.1.2-3f9a0c1d2e4b": name, version of the pom itself, and the start of the pom's SHA-256. */
export async function cacheFolderName(name: string, pomFile: string): Promise<string> {
  const pom = await readFile(pomFile, 'utf8');
  const version = /<version>([^<]+)<\/version>/.exec(pom)?.[1];
  if (version === undefined) throw new Error(`${pomFile} has no version`);
  return `${name}-${version}-${createHash('sha256').update(pom).digest('hex').slice(0, 12)}`;
}

/** Bytes of a line that Maven prints when a file has arrived: "Downloaded from central: … (1.2 MB at 3.4 MB/s)". */
export function downloadedBytes(line: string): number {
  const match = /^(?:\[INFO\] )?Downloaded from .*\((\d+(?:\.\d+)?) ([kMG]?B) at /.exec(line);
  const units: Record<string, number> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };
  return match?.[1] === undefined || match[2] === undefined ? 0 : Number(match[1]) * (units[match[2]] ?? 0);
}

async function runMaven(request: JarRequest, outputDirectory: string): Promise<void> {
  const logFile = join(request.cacheDirectory, `${request.name}.maven.log`);
  for (let attempt = 1; ; attempt += 1) {
    const status = await runMavenOnce(request, outputDirectory, logFile);
    if (status === 0) return;
    request.signal.throwIfAborted();
    if (attempt === MAVEN_ATTEMPTS) {
      throw new OperatorError(
        `Maven could not fetch the jars of ${request.name} (its output is in ${logFile}): check the network connection and ` +
          "Maven's settings, then start again.",
      );
    }
  }
}

async function runMavenOnce(
  request: JarRequest,
  outputDirectory: string,
  logFile: string,
): Promise<number | null> {
  const started = Date.now();
  let bytes = 0;
  const report = () => request.onProgress((Date.now() - started) / 1_000, bytes / 1e6);
  report();
  const child = spawn(
    'mvn',
    [
      '-B',
      '-f',
      request.pomFile,
      COPY_GOAL,
      '-DincludeScope=runtime',
      `-DoutputDirectory=${outputDirectory}`,
    ],
    { cwd: dirname(request.pomFile), stdio: ['ignore', 'pipe', 'pipe'], signal: request.signal },
  );
  const release = killTogetherWithThisProcess(child);
  const log = createWriteStream(logFile);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      bytes += downloadedBytes(line);
      log.write(`${line}\n`);
    });
  }
  const timer = setInterval(report, PROGRESS_MILLISECONDS);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
  } finally {
    clearInterval(timer);
    release();
    log.end();
  }
}

async function removeAbandoned(cacheDirectory: string): Promise<void> {
  for (const name of await readdir(cacheDirectory)) {
    const pid = /^\.partial-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || identifyProcess(Number(pid)) !== undefined) continue;
    await rm(join(cacheDirectory, name), { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
