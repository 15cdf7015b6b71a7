import { readFile } from 'node:fs/promises';
import { SettingError } from './environment.ts';

/** Reads the versions of a secret that are good, the current one first: two while it is being rotated. */
type SecretReader = (where: string) => Promise<readonly [current: string, ...others: string[]]>;

/** How a secret is read, by how its place begins. */
const readers: Readonly<Record<string, SecretReader>> = {
  'file:': async (path) => [await readFile(path, 'utf8')],
  // Loaded where it is needed: on one machine nothing is in Secrets Manager.
  'secret:': async (id) => (await import('./secrets-manager.ts')).secretsManager().readVersions(id),
};

/**
 * The secret at `place`: `file:/run/ping-me/session-keys`, or `secret:` and the ARN or name of one in Secrets Manager.
 *
 * @throws {SettingError} naming `setting` if no reader knows such a place
 */
export async function readSecret(setting: string, place: string): Promise<string> {
  const [current] = await readSecretVersions(setting, place);
  return current;
}

/** Like `readSecret`, with the version before it as well, where there is one. */
export async function readSecretVersions(
  setting: string,
  place: string,
): Promise<readonly [current: string, ...others: string[]]> {
  const scheme = Object.keys(readers).find((candidate) => place.startsWith(candidate));
  const reader = scheme === undefined ? undefined : readers[scheme];
  if (scheme === undefined || !reader) {
    throw new SettingError(setting, `must begin with one of ${Object.keys(readers).join(', ')}`);
  }
  return reader(place.slice(scheme.length));
}
