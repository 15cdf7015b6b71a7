import * as z from 'zod/mini';
import { SettingError } from './environment.ts';
import { readSecret } from './secrets.ts';

/** What a secret with a user name and a password holds, as Secrets Manager's own rotation functions write it. */
const credentialsSchema = z.object({ username: z.string(), password: z.string() });

/**
 * User name and password of a store, from where the setting says they are.
 *
 * @throws {SettingError} naming `setting` if it says no place, or if something else is there
 */
export async function readCredentials(
  setting: string,
  place: string | undefined,
): Promise<z.infer<typeof credentialsSchema>> {
  if (place === undefined) throw new SettingError(setting, 'must say where user name and password are');
  const read = credentialsSchema.safeParse(jsonOf(await readSecret(setting, place)));
  if (!read.success) throw new SettingError(setting, 'must lead to JSON with username and password');
  return read.data;
}

/** Undefined for what is no JSON: the parser's own message would quote the secret. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
