import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the secrets of a data directory lie. */
export interface SecretFiles {
  /** Keys of the session tokens, one a line, as `SESSION_KEYS` wants them. */
  readonly sessionKeys: string;
  /** One line: what the gateway sends along as ORIGIN_SECRET_HEADER. */
  readonly originSecret: string;
}

/** Makes the secrets of a data directory once and keeps them; only their owner may read them. */
export async function keepSecrets(dataDirectory: string): Promise<SecretFiles> {
  const folder = join(dataDirectory, 'secrets');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files = {
    sessionKeys: join(folder, 'session-keys'),
    originSecret: join(folder, 'origin-secret'),
  };
  await Promise.all([
    writeOnce(files.sessionKeys, () => {
      const kid = randomBytes(6).toString('hex');
      return JSON.stringify({ kid, key: randomBytes(48).toString('base64url') });
    }),
    writeOnce(files.originSecret, () => randomBytes(32).toString('base64url')),
  ]);
  return files;
}

/** The secret that the gateway sends: the first line, while a second one is still accepted. */
export async function readOriginSecret(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).split('\n')[0]?.trim() ?? '';
}

async function writeOnce(file: string, make: () => string): Promise<void> {
  try {
    await writeFile(file, `${make()}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    await chmod(file, 0o600);
  }
}
