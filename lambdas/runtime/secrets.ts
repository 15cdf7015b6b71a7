import { readFile } from 'node:fs/promises';
import { SettingError } from './environment.ts';

/** Reads a secret's text by where it is. Other kinds of places are added to `readers` by the composition that needs them. */
export type SecretReader = (place: string) => Promise<string>;

const readers: Record<string, SecretReader> = {
  'file:': (place) => readFile(place.slice('file:'.length), 'utf8'),
};

/**
 * The secret at `place`, for example `file:/run/ping-me/session-keys.json`.
 *
 * @throws {SettingError} naming `setting` if no reader knows such a place
 */
export async function readSecret(setting: string, place: string): Promise<string> {
  const scheme = Object.keys(readers).find((candidate) => place.startsWith(candidate));
  const reader = scheme === undefined ? undefined : readers[scheme];
  if (!reader) throw new SettingError(setting, `must begin with one of ${Object.keys(readers).join(', ')}`);
  return reader(place);
}
