import { CommonPasswordList } from '../adapters/identity/common-password-list.ts';
import type { CommonPasswords } from '../application/ports/common-passwords.ts';
import { once } from './once.ts';

/** By itself, so that only functions that set passwords carry the list. */
export const commonPasswords = once((): CommonPasswords => new CommonPasswordList());
