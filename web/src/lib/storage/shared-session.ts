import type { OwnProfile } from '../../../../core/contract/users.ts';
import type { LocalValues } from './local-values.ts';

const SESSION_KEY = 'ping-me.session';
const SIGN_OUT_OWED_KEY = 'ping-me.sign-out-owed';

/**
 * Who is signed in, as all tabs of this browser know it. The session itself is in cookies that no script can read; this
 * says whose they are and how long they last.
 */
export interface SharedSession {
  read(): OwnProfile | null;
  write(profile: OwnProfile): void;
  clear(): void;
  /** A sign-out that the server has not confirmed: its cookies may still be good. */
  isSignOutOwed(): boolean;
  setSignOutOwed(owed: boolean): void;
}

export function sharedSession(values: LocalValues): SharedSession {
  return {
    read: () => parseProfile(values.get(SESSION_KEY)),
    write: (profile) => values.set(SESSION_KEY, JSON.stringify(profile)),
    clear: () => values.remove(SESSION_KEY),
    isSignOutOwed: () => values.get(SIGN_OUT_OWED_KEY) !== null,
    setSignOutOwed: (owed) => (owed ? values.set(SIGN_OUT_OWED_KEY, '1') : values.remove(SIGN_OUT_OWED_KEY)),
  };
}

function parseProfile(text: string | null): OwnProfile | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'userId' in value ? (value as OwnProfile) : null;
  } catch {
    return null;
  }
}
