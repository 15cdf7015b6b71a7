import { randomBytes, timingSafeEqual } from 'node:crypto';
import { normalizePassword } from '../../../core/domain/password.ts';
import type { PasswordHasher } from '../../application/ports/password-hasher.ts';
import { type Argon2id, argon2idOf } from './argon2id.ts';
import { formatPhc, parsePhc } from './phc-string.ts';

/** How much work a hash is. */
export interface Effort {
  readonly memoryKib: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** OWASP's "Password Storage Cheat Sheet": at least 19 MiB, two passes, one lane. */
const EFFORT: Effort = { memoryKib: 19 * 1024, passes: 2, parallelism: 1 };
/** Bytes: the lengths that RFC 9106, section 4, recommends (128-bit salt, 256-bit tag). */
const SALT_LENGTH = 16;
const TAG_LENGTH = 32;

/** Passwords as argon2id PHC strings; normalised before they are hashed, never cut off. */
export class Argon2idPasswordHasher implements PasswordHasher {
  readonly decoy: string;
  readonly #effort: Effort;
  readonly #argon2id: Argon2id;

  constructor(effort: Effort = EFFORT, argon2id: Argon2id = argon2idOf()) {
    this.#effort = effort;
    this.#argon2id = argon2id;
    this.decoy = formatPhc({ ...effort, salt: randomBytes(SALT_LENGTH), tag: randomBytes(TAG_LENGTH) });
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_LENGTH);
    const tag = await this.#tagOf(password, { ...this.#effort, salt }, TAG_LENGTH);
    return formatPhc({ ...this.#effort, salt, tag });
  }

  async verify(password: string, phc: string): Promise<boolean> {
    const stored = parsePhc(phc);
    if (!stored) return false;
    return timingSafeEqual(await this.#tagOf(password, stored, stored.tag.length), stored.tag);
  }

  isOutdated(phc: string): boolean {
    const stored = parsePhc(phc);
    return !stored || stored.memoryKib < this.#effort.memoryKib || stored.passes < this.#effort.passes;
  }

  #tagOf(
    password: string,
    { salt, ...effort }: Effort & { salt: Uint8Array },
    tagLength: number,
  ): Promise<Uint8Array> {
    return this.#argon2id({
      password: Buffer.from(normalizePassword(password), 'utf8'),
      salt,
      memoryKib: effort.memoryKib,
      passes: effort.passes,
      parallelism: effort.parallelism,
      tagLength,
    });
  }
}
