/**
 * Statements on roles, which Amazon Keyspaces does not have. Cassandra takes no bind markers in them, so names and passwords
 * are written into the text, quoted.
 */

export function createRoleCql(name: string, password: string, kind: 'superuser' | 'application'): string {
  return `CREATE ROLE IF NOT EXISTS ${quotedName(name)} WITH PASSWORD = ${quotedText(password)} AND LOGIN = true AND SUPERUSER = ${kind === 'superuser'}`;
}

export function changePasswordCql(name: string, password: string): string {
  return `ALTER ROLE ${quotedName(name)} WITH PASSWORD = ${quotedText(password)}`;
}

/**
 * Reading and writing rows. No right to make tables: whoever makes one may do anything to it, dropping included.
 */
export function grantRowsCql(keyspace: string, name: string): string[] {
  return ['SELECT', 'MODIFY'].map(
    (permission) => `GRANT ${permission} ON KEYSPACE ${quotedName(keyspace)} TO ${quotedName(name)}`,
  );
}

export function dropRoleCql(name: string): string {
  return `DROP ROLE IF EXISTS ${quotedName(name)}`;
}

function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
