import type { MetricName } from '../../../core/contract/metrics.ts';
import type { SignInBody } from '../../../core/contract/users.ts';
import type { Identities, Login } from '../ports/identities.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import { Problem } from '../ports/problem.ts';
import { orProblem, StoreUnavailableError } from '../ports/store-errors.ts';
import type { User, Users } from '../ports/users.ts';
import { type OpenedSession, openSession, type SessionParts } from './open-session.ts';

interface Parts extends SessionParts {
  readonly identities: Identities;
  readonly users: Users;
  readonly passwordHasher: PasswordHasher;
  readonly count: (metric: MetricName) => void;
}

/**
 * Signs in with a user id or an e-mail address. Unknown users and wrong passwords are the same refusal and the same work:
 * cache, Cassandra, one hash.
 *
 * @throws {Problem} invalid_credentials, identity_unavailable
 */
export async function signIn(
  parts: Parts,
  { login, password }: SignInBody,
): Promise<OpenedSession & { user: User }> {
  const user = await orProblem('identity_unavailable', () =>
    authenticate(parts, login.toLowerCase(), password),
  );
  if (!user) {
    parts.count('SignInsRefused');
    throw new Problem('invalid_credentials');
  }
  parts.count('SignInsAccepted');
  await rehashIfOutdated(parts, user, password);
  return { ...(await openSession(parts, user.userId)), user };
}

async function authenticate(
  { identities, passwordHasher }: Parts,
  login: Login,
  password: string,
): Promise<User | undefined> {
  const { user, source } = await identities.findByLogin(login);
  if (await passwordHasher.verify(password, user?.passwordHash ?? passwordHasher.decoy)) return user;
  if (source === 'truth' || !user) return undefined;
  // Before the cache alone refuses anybody: it is the truth that decides, and an unknown user costs this look-up too.
  const truth = await truthUnlessAway(identities, login);
  if (!truth || truth.passwordHash === user.passwordHash) return undefined;
  return (await passwordHasher.verify(password, truth.passwordHash)) ? truth : undefined;
}

async function truthUnlessAway(identities: Identities, login: Login): Promise<User | undefined> {
  try {
    return await identities.findTruth(login);
  } catch (error) {
    if (error instanceof StoreUnavailableError) return undefined;
    throw error;
  }
}

/** Hashes get stronger as people sign in; one that can't be replaced now is replaced the next time. */
async function rehashIfOutdated(
  { identities, users, passwordHasher }: Parts,
  user: User,
  password: string,
): Promise<void> {
  if (!passwordHasher.isOutdated(user.passwordHash)) return;
  const passwordHash = await passwordHasher.hash(password);
  try {
    await identities.change(user.userId, async (truth) => {
      // Changed since it was verified: not ours to replace.
      if (truth.passwordHash !== user.passwordHash) return truth;
      await users.writePasswordHash(truth.userId, passwordHash);
      return { ...truth, passwordHash };
    });
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
  }
}
