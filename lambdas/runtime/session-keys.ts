import { SessionKeyRing } from '../adapters/identity/session-key-ring.ts';
import { sessionSettings } from './environment.ts';
import { once } from './once.ts';
import { readSecret } from './secrets.ts';

export const sessionKeyRing = once(() => {
  const { keys } = sessionSettings();
  return new SessionKeyRing(() => readSecret('SESSION_KEYS', keys));
});
