/** The keys that session tokens are signed with, by their ids. */
export interface SessionKeys {
  /** New tokens are signed with this one. */
  readonly current: { readonly kid: string; readonly key: Uint8Array };
  /** All that are accepted, the current one included: an old one stays for the lifetime of a token. */
  readonly accepted: ReadonlyMap<string, Uint8Array>;
}

/** HS256 wants a key at least as long as its digest (RFC 7518, section 3.2). */
const KEY_MIN_BYTES = 32;

/**
 * Reads `{"current": "<kid>", "keys": {"<kid>": "<32 bytes or more, base64url>"}}`.
 *
 * @throws {TypeError} with a sentence that says what is wrong, and none of the keys
 */
export function parseSessionKeys(text: string): SessionKeys {
  const { current: kid, keys } = jsonOf(text);
  if (typeof kid !== 'string' || typeof keys !== 'object' || keys === null) {
    throw new TypeError(
      'The session keys must be JSON with "current", the id of a key, and "keys", the keys by their ids.',
    );
  }
  const accepted = new Map(
    Object.entries(keys).map(([id, key]) => [id, Buffer.from(String(key), 'base64url')]),
  );
  for (const [id, key] of accepted) {
    if (key.length < KEY_MIN_BYTES) {
      throw new TypeError(`The session key "${id}" must have at least ${KEY_MIN_BYTES} bytes in base64url.`);
    }
  }
  const key = accepted.get(kid);
  if (!key) throw new TypeError(`The session keys name "${kid}" as the current one, but have no such key.`);
  return { current: { kid, key }, accepted };
}

function jsonOf(text: string): { current?: unknown; keys?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    // Without the cause: a parser's message quotes what it read.
    throw new TypeError('The session keys are not valid JSON.');
  }
}
