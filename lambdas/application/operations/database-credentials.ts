import { type Credentials, credentialsIn } from '../ports/credentials.ts';

/**
 * User name and password of a secret's text.
 *
 * @param name of the secret, for the sentence
 * @throws {Error} without the text, which may be a password
 */
export function databaseCredentialsOf(name: string, text: string | undefined): Credentials {
  const credentials = credentialsIn(text);
  if (!credentials) throw new Error(`The secret ${name} must hold JSON with username and password.`);
  return credentials;
}
