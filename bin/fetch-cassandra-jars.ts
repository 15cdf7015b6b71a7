import { cp, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fetchJars } from '../local/stores/jars.ts';
import { readLocalEnvironment } from '../local/stores/local-environment.ts';

/**
 * Fetches Cassandra in the very version of the one-machine run, to where a deployment with `database=cassandra` takes it
 * from: nodes have no way to the internet.
 */
const TARGET = resolve('.ping-me/cassandra-jars');
const jars = await fetchJars({
  name: 'cassandra',
  pomFile: 'local/cassandra/pom.xml',
  cacheDirectory: readLocalEnvironment().cacheDirectory,
  signal: AbortSignal.timeout(10 * 60_000),
  onProgress: (seconds, megabytes) => console.log(`${Math.round(seconds)} s, ${Math.round(megabytes)} MB`),
});
await rm(TARGET, { recursive: true, force: true });
await cp(jars, TARGET, { recursive: true });
console.log(`Cassandra is in ${TARGET}.`);
