import { randomBytes } from 'node:crypto';
import { SessionKeyRing } from '../adapters/identity/session-key-ring.ts';
import { sessionSettings } from './environment.ts';
import { once } from './once.ts';
import { readSecretVersions } from './secrets.ts';

export const sessionKeyRing = once(() => {
  const { keys } = sessionSettings();
  return new SessionKeyRing(async () => (await readSecretVersions('SESSION_KEYS', keys)).join('\n'));
});

/** 384 bits: HS256 wants 256 at least. */
export function newSessionKey(): string {
  return randomBytes(48).toString('base64url');
}
