import { type Credentials, credentialsIn } from '../application/ports/credentials.ts';
import { SettingError } from './environment.ts';
import { readSecret } from './secrets.ts';

/**
 * User name and password of a store, from where the setting says they are.
 *
 * @throws {SettingError} naming `setting` if it says no place, or if something else is there
 */
export async function readCredentials(setting: string, place: string | undefined): Promise<Credentials> {
  if (place === undefined) throw new SettingError(setting, 'must say where user name and password are');
  const credentials = credentialsIn(await readSecret(setting, place));
  if (!credentials) throw new SettingError(setting, 'must lead to JSON with username and password');
  return credentials;
}
