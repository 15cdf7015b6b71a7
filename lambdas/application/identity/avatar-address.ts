import { createHash } from 'node:crypto';
import type { EmailId } from '../../../core/contract/ids.ts';

/** Pixels: the largest that a page draws, on a screen with two device pixels for each. */
const SIZE = 256;

/**
 * The address of the picture that a user chose. Gravatar's is the SHA-256 of the e-mail address in lower case (its
 * "Avatars" documentation); anyone who sees it can check a guessed address against it, so it is used only if asked for.
 * `d=404` gives no stand-in, so that the page draws the initials where there is no picture.
 */
export function avatarAddressOf(choice: string, emailId: EmailId): string {
  if (choice !== 'gravatar') return choice;
  const hash = createHash('sha256').update(emailId.trim().toLowerCase()).digest('hex');
  return `https://gravatar.com/avatar/${hash}?s=${SIZE}&d=404`;
}
