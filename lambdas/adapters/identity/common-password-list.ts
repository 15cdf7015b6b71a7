import type { CommonPasswords } from '../../application/ports/common-passwords.ts';
import words from './common-passwords.json' with { type: 'json' };

/**
 * Some 4,000 passwords of 8 characters and more that leaked most often, in lower case and in order: the longer ones of
 * Mark Burnett's ten thousand and the first of zxcvbn's frequency list (Dropbox, MIT), and a few shapes of the present.
 */
export class CommonPasswordList implements CommonPasswords {
  readonly #words: ReadonlySet<string> = new Set(words);

  has(folded: string): boolean {
    return this.#words.has(folded);
  }
}
