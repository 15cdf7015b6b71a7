import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** What the environment says about the stores on one machine. */
export interface LocalEnvironment {
  /** `PING_ME_CACHE`, by default `~/.cache/ping-me`: jars, outside every checkout, shared by all of them. */
  cacheDirectory: string;
  /** `$JAVA_HOME/bin/java` where JAVA_HOME is set, else `java` of the path. */
  javaCommand: string;
}

/** The one place of the stores that reads the environment. */
export function readLocalEnvironment(environment: NodeJS.ProcessEnv = process.env): LocalEnvironment {
  const cache = environment.PING_ME_CACHE;
  const javaHome = environment.JAVA_HOME;
  return {
    cacheDirectory: cache ? resolve(cache) : join(homedir(), '.cache', 'ping-me'),
    javaCommand: javaHome ? join(javaHome, 'bin', 'java') : 'java',
  };
}
