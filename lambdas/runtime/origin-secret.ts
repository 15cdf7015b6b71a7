import { originSettings, SettingError } from './environment.ts';
import { readSecretVersions } from './secrets.ts';

/** A secret that nobody knows may be a new one; so often it is looked for at most. */
const REREAD_AFTER_MS = 10_000;

let held: { readonly secrets: readonly string[]; readonly readAt: number } | undefined;

/** One secret a line of what is read; two while it is being rotated. */
export async function acceptedOriginSecrets(): Promise<readonly string[]> {
  return held?.secrets ?? readAnew();
}

/**
 * Reads the secrets again, unless that was a moment ago: an instance can be older than the last rotation.
 *
 * @returns undefined if it was a moment ago
 */
export async function rereadOriginSecrets(): Promise<readonly string[] | undefined> {
  return held && performance.now() - held.readAt < REREAD_AFTER_MS ? undefined : readAnew();
}

async function readAnew(): Promise<readonly string[]> {
  const versions = await readSecretVersions('ORIGIN_SECRET', originSettings().secret);
  const secrets = versions
    .flatMap((version) => version.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // A file that is being written: whoever kept it like this would refuse everybody for ever.
  if (secrets.length === 0) throw new SettingError('ORIGIN_SECRET', 'must name a place that holds a secret');
  held = { secrets, readAt: performance.now() };
  return secrets;
}
