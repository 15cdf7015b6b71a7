import type { RotatingSecrets } from '../ports/secret-store.ts';

/** What Secrets Manager sends to a rotation function, once for each step. */
export interface RotationRequest {
  readonly secretId: string;
  /** Id of the version that is being made. */
  readonly versionId: string;
  readonly step: 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';
}

/**
 * Whether the version is the current one already: every step may come again.
 *
 * @throws {Error} one sentence, when the secret is not being rotated to this version
 */
export async function isFinished(secrets: RotatingSecrets, request: RotationRequest): Promise<boolean> {
  const { rotates, stages } = await secrets.versionsOf(request.secretId);
  const held = stages.get(request.versionId);
  if (!rotates) throw new Error(`The secret ${request.secretId} is not set to be rotated.`);
  if (held?.includes('AWSCURRENT')) return true;
  if (!held?.includes('AWSPENDING')) {
    throw new Error(
      `The version ${request.versionId} of ${request.secretId} is not at the stage AWSPENDING.`,
    );
  }
  return false;
}

/** The last step: from now on the pending version is the current one, and the one before it the previous. */
export async function makeCurrent(secrets: RotatingSecrets, request: RotationRequest): Promise<void> {
  const { stages } = await secrets.versionsOf(request.secretId);
  const before = [...stages].find(([, held]) => held.includes('AWSCURRENT'))?.[0];
  await secrets.makeCurrent(request.secretId, request.versionId, before);
}
