import { foldPassword, isPattern } from '../../../core/domain/password.ts';
import type { CommonPasswords } from '../ports/common-passwords.ts';
import { Problem } from '../ports/problem.ts';
import type { User } from '../ports/users.ts';

/**
 * Refuses a new password that is guessed first: a common one, a pattern, or what everybody knows of the user. Its length
 * is the contract's matter; no rule asks for kinds of characters (NIST SP 800-63B).
 *
 * @param field the field of the body that the password stands in
 * @throws {Problem} validation_failed, with that field
 */
export function refuseWeakPassword(
  commonPasswords: CommonPasswords,
  field: 'password' | 'newPassword',
  password: string,
  user: Pick<User, 'userId' | 'emailId' | 'firstName' | 'lastName'>,
): void {
  const refuse = (message: string) => {
    throw new Problem('validation_failed', { fields: [{ field, message }] });
  };
  const folded = foldPassword(password);
  if (!password.isWellFormed()) refuse('must be well-formed Unicode');
  if (ownWordsOf(user).has(folded)) refuse('must not be your own user name, e-mail address or name');
  if (isPattern(password) || commonPasswords.has(folded))
    refuse('is among the most common ones; choose another');
}

function ownWordsOf({
  userId,
  emailId,
  firstName,
  lastName,
}: Parameters<typeof refuseWeakPassword>[3]): Set<string> {
  const [mailbox = ''] = emailId.split('@');
  const names = [firstName, lastName, `${firstName} ${lastName}`, `${lastName} ${firstName}`];
  const joined = [`${firstName}${lastName}`, `${lastName}${firstName}`, `${firstName}.${lastName}`];
  return new Set([userId, emailId, mailbox, ...names, ...joined].map(foldPassword));
}
