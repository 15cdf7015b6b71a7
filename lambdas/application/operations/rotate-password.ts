import type { Credentials } from '../ports/credentials.ts';
import type { DatabaseRoles } from '../ports/database-roles.ts';
import type { RotatingSecrets, SecretStore } from '../ports/secret-store.ts';
import { databaseCredentialsOf } from './database-credentials.ts';
import { isFinished, makeCurrent, type RotationRequest } from './rotation.ts';

export interface RotationServices {
  readonly secrets: SecretStore & RotatingSecrets;
  readonly roles: DatabaseRoles;
  readonly newPassword: () => string;
  /** Waits before the nodes are asked again. */
  readonly pause: () => Promise<void>;
}

export interface RotationPlan {
  /** Of the superuser's credentials. */
  readonly administratorSecret: string;
  /** The two roles that take turns: while clients still use one, the other gets its new password. */
  readonly usernames: readonly [string, string];
}

/** Nodes remember for 2 s whom they let in (`credentials_validity`), and a node that was away learns late. */
const TEST_ATTEMPTS = 10;

/**
 * One step of a rotation with alternating roles. Every step may run again.
 *
 * @throws {Error} one sentence, when the secret is not being rotated to this version
 */
export async function rotatePassword(
  services: RotationServices,
  plan: RotationPlan,
  request: RotationRequest,
): Promise<void> {
  if (await isFinished(services.secrets, request)) return;
  switch (request.step) {
    case 'createSecret':
      return createSecret(services, plan, request);
    case 'setSecret':
      return setSecret(services, plan, request);
    case 'testSecret':
      return testSecret(services, request);
    case 'finishSecret':
      return makeCurrent(services.secrets, request);
  }
}

async function createSecret(
  { secrets, newPassword }: RotationServices,
  { usernames }: RotationPlan,
  { secretId, versionId }: RotationRequest,
): Promise<void> {
  if ((await secrets.readStage(secretId, 'AWSPENDING', versionId)) !== undefined) return;
  const current = databaseCredentialsOf(secretId, await secrets.readStage(secretId, 'AWSCURRENT'));
  const username = usernames[0] === current.username ? usernames[1] : usernames[0];
  const next: Credentials = { username, password: newPassword() };
  await secrets.addPending(secretId, versionId, JSON.stringify(next));
}

async function setSecret(
  { secrets, roles }: RotationServices,
  { administratorSecret, usernames }: RotationPlan,
  request: RotationRequest,
): Promise<void> {
  const next = await pendingOf(secrets, request);
  const current = databaseCredentialsOf(
    request.secretId,
    await secrets.readStage(request.secretId, 'AWSCURRENT'),
  );
  // Only ever the role that nobody uses: a changed password of the other would lock the functions out.
  if (next.username === current.username || !usernames.includes(next.username)) {
    throw new Error(`The pending version of ${request.secretId} names a role that is not the one to change.`);
  }
  const administrator = databaseCredentialsOf(administratorSecret, await secrets.read(administratorSecret));
  await roles.putApplicationRole(administrator, next);
}

async function testSecret(
  { secrets, roles, pause }: RotationServices,
  request: RotationRequest,
): Promise<void> {
  // Setting a schedule without rotating at once has this step called on a version that holds nothing yet.
  if ((await secrets.readStage(request.secretId, 'AWSPENDING', request.versionId)) === undefined) return;
  const next = await pendingOf(secrets, request);
  for (let attempt = 1; !(await roles.accepts(next)); attempt += 1) {
    if (attempt === TEST_ATTEMPTS)
      throw new Error(`The nodes refuse the pending password of ${next.username}.`);
    await pause();
  }
}

async function pendingOf(
  secrets: RotatingSecrets,
  { secretId, versionId }: RotationRequest,
): Promise<Credentials> {
  return databaseCredentialsOf(secretId, await secrets.readStage(secretId, 'AWSPENDING', versionId));
}
