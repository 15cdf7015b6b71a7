/** What a secret with a user name and a password holds, as Secrets Manager's own rotation functions write it. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** The credentials in a secret's text; undefined where it is something else, of which nothing is quoted. */
export function credentialsIn(text: string | undefined): Credentials | undefined {
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
  return undefined;
}

/** Undefined for what is no JSON: the parser's own message would quote the secret. */
export function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
