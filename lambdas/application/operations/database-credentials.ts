import type { DatabaseCredentials } from '../ports/database-roles.ts';

/**
 * User name and password of a secret's text.
 *
 * @param name of the secret, for the sentence
 * @throws {Error} without the text, which may be a password
 */
export function databaseCredentialsOf(name: string, text: string | undefined): DatabaseCredentials {
  const parsed = jsonOf(text);
  if (
    typeof parsed === 'object' &&
    parsed !== null &&
    'username' in parsed &&
    typeof parsed.username === 'string' &&
    'password' in parsed &&
    typeof parsed.password === 'string'
  ) {
    return { username: parsed.username, password: parsed.password };
  }
  throw new Error(`The secret ${name} must hold JSON with username and password.`);
}

/** Undefined for what is no JSON: the parser's own message would quote the secret. */
export function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
