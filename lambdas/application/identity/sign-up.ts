import { randomUUID } from 'node:crypto';
import type { FieldProblem } from '../../../core/contract/problems.ts';
import type { SignUpBody } from '../../../core/contract/users.ts';
import type { Claim, ClaimHolder, Claims } from '../ports/claims.ts';
import type { CommonPasswords } from '../ports/common-passwords.ts';
import type { Identities } from '../ports/identities.ts';
import type { MembershipWriter } from '../ports/membership-writer.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import { Problem } from '../ports/problem.ts';
import { orProblem, StoreUnavailableError } from '../ports/store-errors.ts';
import type { UserDirectory } from '../ports/user-directory.ts';
import { profileOf, type User, type Users } from '../ports/users.ts';
import { avatarAddressOf } from './avatar-address.ts';
import { type OpenedSession, openSession, type SessionParts } from './open-session.ts';
import { refuseWeakPassword } from './refuse-weak-password.ts';

interface Parts extends SessionParts {
  readonly claims: Claims;
  readonly users: Users;
  readonly userDirectory: UserDirectory;
  readonly memberships: MembershipWriter;
  readonly identities: Identities;
  readonly passwordHasher: PasswordHasher;
  readonly commonPasswords: CommonPasswords;
}

/**
 * Makes a user and signs it in. Both names are claimed, everything is written, the claims are confirmed: the user id last,
 * which is the moment the user comes to be. Whatever fails before leaves nobody, and names that free themselves.
 *
 * @throws {Problem} validation_failed, user_id_taken, email_taken, identity_unavailable
 */
export async function signUp(parts: Parts, body: SignUpBody): Promise<OpenedSession & { user: User }> {
  refuseWeakPassword(parts.commonPasswords, 'password', body.password, body);
  const user = await userOf(parts, body);
  const attemptId = randomUUID();
  const userIdClaim: Claim = { kind: 'user-id', name: user.userId, owner: user.userId, attemptId };
  const emailClaim: Claim = { kind: 'email', name: user.emailId, owner: user.userId, attemptId };
  const held: Claim[] = [];
  await orProblem('identity_unavailable', async () => {
    try {
      // One after the other, always in this order: two sign-ups for the same two names can't each get one of them.
      await claimUserId(parts, userIdClaim, emailClaim);
      held.push(userIdClaim);
      await claimEmail(parts, emailClaim);
      held.push(emailClaim);
      await Promise.all([
        parts.users.write(user),
        parts.userDirectory.add(profileOf(user)),
        parts.memberships.addToGeneral(user.userId),
      ]);
      await confirm(parts, emailClaim);
      await confirm(parts, userIdClaim);
    } catch (error) {
      await release(parts, held);
      throw error;
    }
  });
  await parts.identities.remember(user);
  return { ...(await openSession(parts, user.userId)), user };
}

async function userOf({ passwordHasher, now }: Parts, body: SignUpBody): Promise<User> {
  const { userId, emailId, firstName, lastName, password, avatar } = body;
  return {
    userId,
    emailId,
    firstName,
    lastName,
    ...(avatar === undefined ? {} : { avatar: avatarAddressOf(avatar, emailId) }),
    passwordHash: await passwordHasher.hash(password),
    createdAt: now(),
  };
}

async function claimUserId({ claims }: Parts, userIdClaim: Claim, emailClaim: Claim): Promise<void> {
  if (!(await claims.claim(userIdClaim))) return;
  const fields: FieldProblem[] = [{ field: 'userId', message: 'is taken; choose another' }];
  // Told at once rather than at the next attempt.
  if ((await claims.holderOf('email', emailClaim.name))?.confirmed) fields.push(EMAIL_TAKEN);
  throw new Problem('user_id_taken', { fields });
}

const EMAIL_TAKEN: FieldProblem = { field: 'emailId', message: 'is taken; sign in, or use another' };

async function claimEmail({ claims }: Parts, claim: Claim): Promise<void> {
  let holder = await claims.claim(claim);
  if (holder && (await isOrphan(claims, holder))) holder = await claims.takeOver(claim, holder);
  if (holder) throw new Problem('email_taken', { fields: [EMAIL_TAKEN] });
}

/**
 * An address that a sign-up had confirmed when it broke off before its user id: that claim has ended since, or is another
 * attempt's, so nobody has the address.
 */
async function isOrphan(claims: Claims, holder: ClaimHolder): Promise<boolean> {
  const owner = await claims.holderOf('user-id', holder.owner);
  return holder.confirmed && owner?.attemptId !== holder.attemptId;
}

async function confirm({ claims }: Parts, claim: Claim): Promise<void> {
  if (await claims.confirm(claim)) return;
  throw new Problem('identity_unavailable', {
    retryAfter: 1,
    detail: 'Signing up took too long; try again.',
  });
}

/**
 * So that the next attempt need not wait for the claims to end. The user id first: if it can't be given back, it may have
 * been confirmed, and then the address is the user's.
 */
async function release({ claims }: Parts, userIdFirst: readonly Claim[]): Promise<void> {
  try {
    for (const claim of userIdFirst) await claims.release(claim);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
  }
}
