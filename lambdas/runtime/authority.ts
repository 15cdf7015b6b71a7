import { SettingError } from './environment.ts';
import { readSecret } from './secrets.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The certificates of an authority, in PEM. Where the setting says may be plain PEM, or JSON around it: Lambda's event sources
 * want `{"certificate": "-----BEGIN …"}` of the same secret.
 *
 * @throws {SettingError} naming `setting` if there is no certificate; nothing of what is there is quoted
 */
export async function readAuthority(setting: string, place: string): Promise<string> {
  // In JSON the ends of lines are two characters.
  const text = (await readSecret(setting, place)).replaceAll('\\n', '\n');
  const certificates = text.match(CERTIFICATE);
  if (certificates === null) throw new SettingError(setting, 'must lead to certificates in PEM');
  return `${certificates.join('\n')}\n`;
}
