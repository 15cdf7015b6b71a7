import { readFileSync } from 'node:fs';
import { SettingError } from './environment.ts';

/**
 * User name and password of a store, from where the setting says they are.
 *
 * @throws {SettingError} naming `setting` if it is no `file:<path>`
 */
export function credentialsAt(
  setting: string,
  place: string | undefined,
): { username: string; password: string } {
  if (place === undefined || !place.startsWith('file:')) {
    throw new SettingError(setting, 'must say where user name and password are, as file:<path>');
  }
  return JSON.parse(readFileSync(place.slice('file:'.length), 'utf8'));
}
