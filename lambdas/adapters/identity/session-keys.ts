import * as z from 'zod/mini';
import { SESSION_TOKEN_LIFETIME_SECONDS } from '../../../core/contract/limits.ts';

/** The keys that session tokens are signed with, by their ids. */
export interface SessionKeys {
  /** New tokens are signed with this one. */
  readonly current: { readonly kid: string; readonly key: Uint8Array };
  /** All that are accepted, the current one included: an old one stays for as long as tokens of it can be about. */
  readonly accepted: ReadonlyMap<string, Uint8Array>;
}

/** HS256 wants a key at least as long as its digest (RFC 7518, section 3.2). */
const KEY_MIN_BYTES = 32;
/** Instances sign with the key before until they read again (`REREAD_AFTER_MS` of the ring); then its tokens run out. */
export const OLD_KEY_ACCEPTED_MS = (SESSION_TOKEN_LIFETIME_SECONDS + 5 * 60) * 1_000;

/** `since` tells when the key came into use; without it, the ones before are accepted as long as they are there. */
const versionSchema = z.object({
  kid: z.string().check(z.minLength(1)),
  key: z.string(),
  since: z.optional(z.iso.datetime()),
});

/**
 * Reads `{"kid": "<id>", "key": "<32 bytes or more, base64url>", "since"?: "<ISO time>"}`, one a line, the current one first.
 *
 * @throws {TypeError} with a sentence that says what is wrong, and none of the keys
 */
export function parseSessionKeys(text: string, now: number): SessionKeys {
  const [current, ...others] = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseVersion);
  if (!current) throw new TypeError('There are no session keys.');
  const othersEnd = current.since === undefined ? Infinity : Date.parse(current.since) + OLD_KEY_ACCEPTED_MS;
  const accepted = now < othersEnd ? [current, ...others] : [current];
  return { current, accepted: new Map(accepted.map(({ kid, key }) => [kid, key])) };
}

function parseVersion(line: string): { kid: string; key: Uint8Array; since: string | undefined } {
  const { success, data } = versionSchema.safeParse(jsonOf(line));
  if (!success) throw new TypeError('A session key must be JSON with "kid", its id, and "key".');
  const key = Buffer.from(data.key, 'base64url');
  if (key.length < KEY_MIN_BYTES) {
    throw new TypeError(
      `The session key "${data.kid}" must have at least ${KEY_MIN_BYTES} bytes in base64url.`,
    );
  }
  return { kid: data.kid, key, since: data.since };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the cause: a parser's message quotes what it read.
    throw new TypeError('The session keys are not valid JSON.');
  }
}
