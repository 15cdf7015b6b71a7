/** What a stored password hash says of itself. */
export interface PhcString {
  readonly memoryKib: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly salt: Uint8Array;
  readonly tag: Uint8Array;
}

const BASE64 = '[A-Za-z0-9+/]+';
const PATTERN = new RegExp(`^\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$(${BASE64})\\$(${BASE64})$`);

const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<tag>`: the PHC string format, base64 without padding. */
export function formatPhc({ memoryKib, passes, parallelism, salt, tag }: PhcString): string {
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${parallelism}$${encode(salt)}$${encode(tag)}`;
}

/** Undefined for what is no PHC string of argon2id, version 1.3. */
export function parsePhc(text: string): PhcString | undefined {
  const [, memoryKib, passes, parallelism, salt, tag] = PATTERN.exec(text) ?? [];
  if (salt === undefined || tag === undefined) return undefined;
  return {
    memoryKib: Number(memoryKib),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}
