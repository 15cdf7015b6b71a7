import type { ChangePasswordBody } from '../../../core/contract/users.ts';
import { announceIfPossible } from '../announce-if-possible.ts';
import type { CommonPasswords } from '../ports/common-passwords.ts';
import type { Identities } from '../ports/identities.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import { Problem } from '../ports/problem.ts';
import type { Session } from '../ports/session-tokens.ts';
import type { Sessions } from '../ports/sessions.ts';
import type { SignalLog } from '../ports/signal-log.ts';
import { orProblem, StoreUnavailableError } from '../ports/store-errors.ts';
import type { Users } from '../ports/users.ts';
import { refuseWeakPassword } from './refuse-weak-password.ts';

interface Parts {
  readonly identities: Identities;
  readonly users: Users;
  readonly passwordHasher: PasswordHasher;
  readonly commonPasswords: CommonPasswords;
  readonly sessions: Sessions;
  readonly signalLog: SignalLog;
}

/**
 * Sets a new password and signs out everywhere else.
 *
 * @throws {Problem} wrong_password, validation_failed, identity_unavailable (nothing changed), sessions_unavailable (the
 *   password has changed, but other sessions may go on)
 */
export async function changePassword(
  parts: Parts,
  { userId, sessionId }: Session,
  { currentPassword, newPassword }: ChangePasswordBody,
): Promise<void> {
  const { identities, users, passwordHasher, commonPasswords, sessions, signalLog } = parts;
  const user = await orProblem('identity_unavailable', () =>
    identities.change(userId, async (truth) => {
      if (!(await passwordHasher.verify(currentPassword, truth.passwordHash)))
        throw new Problem('wrong_password');
      refuseWeakPassword(commonPasswords, 'newPassword', newPassword, truth);
      const passwordHash = await passwordHasher.hash(newPassword);
      await users.writePasswordHash(userId, passwordHash);
      return { ...truth, passwordHash };
    }),
  );
  if (!user) throw new Problem('session_required');
  try {
    await sessions.removeOthers(userId, sessionId);
  } catch (cause) {
    if (!(cause instanceof StoreUnavailableError)) throw cause;
    throw new Problem('sessions_unavailable', {
      retryAfter: 1,
      detail:
        'The password has been changed, but you may still be signed in elsewhere; change it again to sign out there.',
      cause,
    });
  } finally {
    await announceIfPossible(signalLog, [{ type: 'session.revoked', userId, exceptSessionId: sessionId }]);
  }
}
