import { parseSessionKeys, type SessionKeys } from './session-keys.ts';

/** Keys are read again when they are this old, so that a new current one comes into use. */
const REREAD_AFTER_MS = 5 * 60_000;
/** A token with an unknown key has them read again, but not for every forged one. */
const REREAD_FOR_UNKNOWN_AFTER_MS = 10_000;

/** The session keys, as they are while they are being rotated. */
export class SessionKeyRing {
  readonly #read: () => Promise<string>;
  readonly #now: () => number;
  #held: { readonly keys: SessionKeys; readonly readAt: number } | undefined;

  constructor(read: () => Promise<string>, now: () => number = Date.now) {
    this.#read = read;
    this.#now = now;
  }

  async keys(): Promise<SessionKeys> {
    return this.#keysNotOlderThan(REREAD_AFTER_MS);
  }

  /** The accepted key of that id, if there is one. */
  async accepted(kid: string): Promise<Uint8Array | undefined> {
    const known = (await this.keys()).accepted.get(kid);
    return known ?? (await this.#keysNotOlderThan(REREAD_FOR_UNKNOWN_AFTER_MS)).accepted.get(kid);
  }

  async #keysNotOlderThan(age: number): Promise<SessionKeys> {
    const held = this.#held;
    if (held && this.#now() - held.readAt < age) return held.keys;
    try {
      this.#held = { keys: parseSessionKeys(await this.#read(), this.#now()), readAt: this.#now() };
    } catch (error) {
      // The keys that are held are still good; the place they come from is asked again next time.
      if (!held) throw error;
      return held.keys;
    }
    return this.#held.keys;
  }
}
