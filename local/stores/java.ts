import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OperatorError } from '../processes/operator-error.ts';

const run = promisify(execFile);

const OLDEST_JAVA = 17;
/** Java 24 took away the security manager, without which Cassandra 5.0 does not start. */
const NEWEST_JAVA = 23;
const OLDEST_MAVEN = [3, 6] as const;

/**
 * @param command `java`, or the path of one
 * @throws OperatorError when it is missing, too old or too new
 */
export async function assertJavaUsable(command: string): Promise<void> {
  const advice = `install Java ${OLDEST_JAVA} (or point JAVA_HOME at it) and start again`;
  const output = await versionOutput(command, '-version');
  const version = output === undefined ? undefined : javaMajorVersion(output);
  if (version === undefined) {
    throw new OperatorError(
      `Java is missing ("${command} -version" fails), and all three stores need it: ${advice}.`,
    );
  }
  if (version < OLDEST_JAVA) {
    throw new OperatorError(`Java ${version} is too old for Kafka and Cassandra: ${advice}.`);
  }
  if (version > NEWEST_JAVA) {
    throw new OperatorError(
      `Java ${version} is too new for Cassandra 5.0, which ends at Java ${NEWEST_JAVA}: ${advice}.`,
    );
  }
}

/** @throws OperatorError when Maven is missing or too old; only needed when something must be fetched. */
export async function assertMavenUsable(command = 'mvn'): Promise<void> {
  const advice = `install Maven ${OLDEST_MAVEN.join('.')} or newer and start again`;
  const output = await versionOutput(command, '--version');
  const version = output === undefined ? undefined : mavenVersion(output);
  if (version === undefined) {
    throw new OperatorError(
      `Maven is missing ("${command} --version" fails), and the first start fetches the stores with it: ${advice}.`,
    );
  }
  const [major, minor] = version;
  if (major < OLDEST_MAVEN[0] || (major === OLDEST_MAVEN[0] && minor < OLDEST_MAVEN[1])) {
    throw new OperatorError(`Maven ${major}.${minor} is too old to fetch the stores: ${advice}.`);
  }
}

/** 17 of `openjdk version "17.0.15"`, 8 of `java version "1.8.0_392"`. */
export function javaMajorVersion(output: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(output);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** [3, 8] of `Apache Maven 3.8.7`. */
export function mavenVersion(output: string): [number, number] | undefined {
  const match = /Apache Maven (\d+)\.(\d+)/.exec(output);
  return match?.[1] === undefined || match[2] === undefined
    ? undefined
    : [Number(match[1]), Number(match[2])];
}

async function versionOutput(command: string, flag: string): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(command, [flag]);
    return stdout + stderr;
  } catch {
    return undefined;
  }
}
